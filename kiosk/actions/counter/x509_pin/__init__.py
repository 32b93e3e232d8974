"""What the case of X.509s and PINs does: the card written, the server's rules asked, slips printed."""
