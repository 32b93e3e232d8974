"""The municipal certificate server. Knows no printer, reader or window."""
