"""A token of SoftHSM2 in a folder of its own, for tests."""

import subprocess
from pathlib import Path

import pytest

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN = "koufu"
PIN = "56789012"


def make_token(folder: Path, environment: pytest.MonkeyPatch) -> None:
    """Makes a fresh token and points SoftHSM2 of this process, and of those it starts, at it."""
    tokens, settings = folder / "tokens", folder / "softhsm2.conf"
    tokens.mkdir()
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    environment.setenv("SOFTHSM2_CONF", str(settings))
    making = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(making, check=True, capture_output=True)
