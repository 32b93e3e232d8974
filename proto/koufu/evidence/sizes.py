"""Sizes that several kinds of evidence share."""

HASH_BYTES = 32
"""SHA-256."""

KEY_ID_BYTES = 8
"""What a public key is called by: the first bytes of its hash."""

MAX_PAGES = 99
"""Of one document."""

MAX_SIDES = 2 * MAX_PAGES
"""Faces and backs of one document."""
