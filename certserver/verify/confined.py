"""The check in a process of its own, `python -m certserver.verify.confined`: so much memory, so much time, no file to
write. It reads one request from its standard input and answers on its standard output; `confinement` starts it."""

import os
import resource
import sys
from pathlib import Path

import cv2

from certserver.verify.bundles import BundleFolder
from certserver.verify.check import check
from certserver.verify.faces import Redrawing
from certserver.verify.fonts import FontsAtHand
from certserver.verify.judge import trusted
from certserver.verify.limits import RESERVED_BYTES, SECONDS_MORE
from certserver.verify.messages import Request, read_request, write_checked, write_unreadable
from certserver.verify.pictures import MAX_BYTES, Picture, UnreadablePicture, pictures
from koufu.evidence.trustlist import TrustList


def main() -> int:
    """Answers one request."""
    request = read_request(sys.stdin.buffer.read())
    _confine(request.seconds)
    try:
        sides = _pictures(request)
        redrawing = Redrawing(
            BundleFolder(Path(request.bundles) if request.bundles else None),
            FontsAtHand(Path(font) for font in request.fonts),
            request.with_pictures,
        )
        trust_list = TrustList.from_bytes(request.trust_list) if request.trust_list else None
        answer = write_checked(check(sides, trusted(request.keys, trust_list), redrawing, _MoreTime(request.seconds)))
    except UnreadablePicture as error:
        answer = write_unreadable(str(error))
    sys.stdout.buffer.write(answer)
    return 0


def _confine(seconds: int) -> None:
    """What is private to the process counts, not what libraries and fonts map. How much of it lies in memory, whoever
    started it looks after."""
    cv2.setNumThreads(1)
    resource.setrlimit(resource.RLIMIT_DATA, (RESERVED_BYTES, RESERVED_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _MoreTime:
    """Each page that somebody known signed, but for the first, gives more time: a hostile file has none of these."""

    def __init__(self, seconds: int) -> None:
        self._pages = 0
        self._seconds = seconds

    def __call__(self) -> None:
        self._pages += 1
        if self._pages > 1:
            _, most = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (self._seconds + SECONDS_MORE * (self._pages - 1), most))


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
