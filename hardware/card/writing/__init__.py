"""Writing cards: X.509s issued, renewed and revoked, PINs changed and reset, face authentication switched."""
