"""What the clerk's desk does: effects of `kiosk.counter` done with server, printers and files."""
