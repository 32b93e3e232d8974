"""Homes of a server as its first command makes them: made once for a test process, and copied."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from certserver.cli.main import main
from tests.support.key_files import stretch_once

MUNICIPALITY = "992011"

stretch_once()


def a_home(folder: Path, *, demo: bool = False) -> Path:
    """A home in this folder that nobody has used yet; with `demo` it holds the fictional data."""
    home = folder / "home"
    shutil.copytree(_made(demo), home)
    return home


@functools.cache
def _made(demo: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="koufu-home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    if demo:
        shutil.copytree(_made(False), home)
        assert main(["demo-data", "--home", str(home)]) == 0
    else:
        assert main(["init", str(home), "--municipality", MUNICIPALITY]) == 0
    return home
