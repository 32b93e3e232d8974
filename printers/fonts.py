"""Where the fonts of slips lie on this machine. The only place that looks; it never falls back to another font."""

from collections.abc import Iterable
from enum import Enum
from functools import cache
from os import environ
from pathlib import Path

from printers.errors import FontMissing


class Face(Enum):
    """A font file and the Debian package that brings it."""

    GOTHIC = ("BIZUDGothic-Regular.ttf", "fonts-morisawa-bizud-gothic")
    GOTHIC_BOLD = ("BIZUDGothic-Bold.ttf", "fonts-morisawa-bizud-gothic")
    MINCHO = ("ipamjm.ttf", "fonts-ipamj-mincho")

    @property
    def file_name(self) -> str:
        """The file to look for."""
        return self.value[0]

    @property
    def package(self) -> str:
        """The Debian package that brings it."""
        return self.value[1]


def font_roots() -> tuple[Path, ...]:
    """The folders that fontconfig searches on Debian: the user's, then each data folder's `fonts`."""
    home = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return (home / "fonts", *(Path(folder) / "fonts" for folder in shared.split(":") if folder))


def find_font(face: Face, roots: Iterable[Path]) -> Path:
    """The font's file under the first root that has it. Raises `FontMissing`."""
    for root in roots:
        found = sorted(root.rglob(face.file_name)) if root.is_dir() else []
        if found:
            return found[0]
    raise FontMissing(f"the font {face.file_name} is not installed: install the Debian package {face.package}")


@cache
def font_path(face: Face) -> Path:
    """The font's file on this machine, looked up once. Raises `FontMissing`."""
    return find_font(face, font_roots())
