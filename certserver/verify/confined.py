"""The half of the check that opens pictures, in a process of its own, `python -m certserver.verify.confined`: so much
memory, so much time, no network, no file to write. It reads one request from its standard input and tells what it finds
on its standard output; `confinement` starts it."""

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2

from certserver.verify.bundles import BundleFolder
from certserver.verify.check import Part, SideRead, SignedPages, look
from certserver.verify.faces import Redrawing
from certserver.verify.fences import end_with_parent, give_up_changing_files, give_up_network, give_up_privileges
from certserver.verify.fonts import FontsAtHand
from certserver.verify.judge import trusted
from certserver.verify.limits import RESERVED_BYTES, for_pages
from certserver.verify.messages import write_parts, write_unreadable
from certserver.verify.pictures import MAX_BYTES, Picture, UnreadablePicture, pictures
from certserver.verify.request import Request, read_request
from koufu.evidence.trustlist import TrustList


def main() -> int:
    """Answers one request."""
    request = read_request(sys.stdin.buffer.read())
    _confine(request.seconds)
    try:
        for line in write_parts(_found(request)):
            _tell(line)
    except UnreadablePicture as error:
        _tell(write_unreadable(str(error)))
    return 0


def _tell(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    # At once: each signed page gives whoever waits more patience.
    sys.stdout.buffer.flush()


def _found(request: Request) -> Iterator[Part]:
    keys = trusted(request.keys, TrustList.from_bytes(request.trust_list) if request.trust_list else None)
    redrawing = Redrawing(
        BundleFolder(Path(request.bundles) if request.bundles else None),
        FontsAtHand(Path(font) for font in request.fonts),
        request.with_pictures,
    )
    pages = SignedPages(keys)
    for part in look(_pictures(request), keys, redrawing):
        if isinstance(part, SideRead) and pages.add(part):
            _allow(request.seconds, len(pages))
        yield part


def _confine(seconds: int) -> None:
    """What is private to the process counts, not what libraries and fonts map. How much of it lies in memory, whoever
    started it looks after."""
    cv2.setNumThreads(1)
    resource.setrlimit(resource.RLIMIT_DATA, (RESERVED_BYTES, RESERVED_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # As far as this kernel has them; the limits above it always has.
    end_with_parent()
    give_up_privileges()
    give_up_network()
    give_up_changing_files()


def _allow(seconds: int, pages: int) -> None:
    """Each page that somebody known signed, but for the first, gives more time: a hostile file has none of these."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (round(for_pages(seconds, pages)), most))


def _pictures(request: Request) -> list[Picture]:
    """Every side of every file, all files together no longer than one may be. Raises `UnreadablePicture`."""
    left = MAX_BYTES
    sides: list[Picture] = []
    for number in request.files:
        with os.fdopen(number, "rb") as file:
            content = file.read(left + 1)
        if len(content) > left:
            raise UnreadablePicture(f"the files are larger than {MAX_BYTES // (1024 * 1024)} MB together")
        left -= len(content)
        sides += pictures(content)
    return sides


if __name__ == "__main__":
    sys.exit(main())
