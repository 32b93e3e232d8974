"""Tokens of SoftHSM2 in a folder of this test process."""

import atexit
import functools
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "56789012"

_numbers = itertools.count(1)


def make_token() -> str:
    """Makes a fresh token; returns its label."""
    _point_softhsm_at_a_folder()
    label = f"koufu {next(_numbers)}"
    making = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(making, check=True, capture_output=True)
    return label


@functools.cache
def _point_softhsm_at_a_folder() -> None:
    # The module reads its settings once in the life of a process.
    folder = Path(tempfile.mkdtemp(prefix="koufu-softhsm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
