"""The clerk's desk at a post office's counter: pure decisions, as in `kiosk.flow`."""
