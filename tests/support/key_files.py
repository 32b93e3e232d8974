"""Secrets in files, whose passphrases are stretched slowly by design: a tenth of a second for each of a home's three
files."""

import functools

import pytest

from certserver.signing import keyfiles


@functools.cache
def stretch_once() -> None:
    """Copies of one home have one passphrase and one set of salts, and the same two give the same key: from now on it
    is worked out once for a test process."""
    pytest.MonkeyPatch().setattr(keyfiles, "_stretch", functools.cache(keyfiles._stretch))
