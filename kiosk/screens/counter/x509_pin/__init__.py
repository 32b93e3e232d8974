"""The case of X.509s and PINs on the clerk's window and on the resident's."""
