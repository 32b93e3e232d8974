"""X.509s, and requests for them, that come from outside."""

from cryptography import x509

MALFORMED_DER = (ValueError, x509.InvalidVersion)
"""What the library raises where bytes (DER or PEM) are no X.509 and no request for one. A version that does not exist
is no `ValueError`."""
