"""The clerk's case of X.509s and PINs: renewal, issue, revocation, change and reset, face authentication."""
