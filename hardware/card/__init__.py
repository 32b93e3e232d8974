"""Card readers and the JPKI applet on My Number cards. No other applet is reachable from here."""
