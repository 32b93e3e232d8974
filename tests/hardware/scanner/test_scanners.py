"""A scanner gives the file that came of what lies there, never an old one, and says plainly when nothing came. One
suite for the scanner behind a folder and for the virtual one."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from hardware.errors import ScannerAway, ScannerEmpty
from hardware.scanner.folder import MOST_BYTES, FolderScanner
from hardware.scanner.model import Scanner
from hardware.scanner.none import NoScanner
from hardware.scanner.virtual import VirtualScanner, specimen_card


class Clock:
    """Moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.meanwhile: Callable[[], None] = lambda: None

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.meanwhile()


@dataclass
class Bench:
    """A scanner, and how something is laid on it or its cable pulled."""

    scanner: Scanner
    lay: Callable[[bytes | None], None]
    unplug: Callable[[], None]


def virtual(_folder: Path) -> Bench:
    scanner = VirtualScanner()
    return Bench(scanner, scanner.lay, scanner.unplug)


def behind_a_folder(folder: Path) -> Bench:
    inbox, clock = folder / "inbox", Clock()
    inbox.mkdir()

    def lay(file: bytes | None) -> None:
        def come() -> None:
            if file is not None:
                (inbox / "scan.JPG").write_bytes(file)

        clock.meanwhile = come

    def unplug() -> None:
        for each in inbox.iterdir():
            each.unlink()
        inbox.rmdir()

    return Bench(FolderScanner(inbox, 400, clock), lay, unplug)


EITHER = pytest.mark.parametrize("made", [virtual, behind_a_folder], ids=["virtual", "folder"])


@EITHER
def test_what_lies_there_comes(made: Callable[[Path], Bench], tmp_path: Path) -> None:
    bench = made(tmp_path)
    bench.lay(specimen_card())
    assert bench.scanner.scan().file == specimen_card()
    assert bench.scanner.scan().dots_an_inch >= 356


@EITHER
def test_nothing_there_is_told(made: Callable[[Path], Bench], tmp_path: Path) -> None:
    bench = made(tmp_path)
    bench.lay(None)
    with pytest.raises(ScannerEmpty):
        bench.scanner.scan()


@EITHER
def test_no_scanner_is_told(made: Callable[[Path], Bench], tmp_path: Path) -> None:
    bench = made(tmp_path)
    bench.unplug()
    with pytest.raises(ScannerAway):
        bench.scanner.scan()


def test_an_old_file_is_never_an_answer_and_none_stays(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "old.png").write_bytes(b"of somebody else")
    (tmp_path / "notes.txt").write_bytes(b"no scan")
    with pytest.raises(ScannerEmpty):
        FolderScanner(tmp_path, 400, clock).scan()
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_that_grows_is_waited_for_and_one_too_long_refused(tmp_path: Path) -> None:
    clock = Clock()
    sizes = iter((100, 5_000, 90_000))

    def grow() -> None:
        (tmp_path / "scan.png").write_bytes(b"x" * next(sizes, 90_000))

    clock.meanwhile = grow
    assert len(FolderScanner(tmp_path, 400, clock).scan().file) == 90_000
    clock.meanwhile = lambda: _write(tmp_path / "huge.png", bytes(MOST_BYTES + 1))
    with pytest.raises(ScannerEmpty):
        FolderScanner(tmp_path, 400, clock).scan()


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def test_the_specimen_is_a_picture_and_says_no_name() -> None:
    with Image.open(io.BytesIO(specimen_card())) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()


def test_a_site_without_one_says_so() -> None:
    with pytest.raises(ScannerAway):
        NoScanner().scan()
