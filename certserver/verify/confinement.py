"""Starts the check in a process of its own and takes its answer, so that no file can hang, fill or crash whoever asks:
a web page or a bank's batch as well as a command."""

import os
import re
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from certserver.verify.check import Checked
from certserver.verify.limits import RESIDENT_BYTES, SECONDS, SECONDS_MORE, WALL_SECONDS, open_plain
from certserver.verify.messages import MAX_ANSWER, Request, read_checked, write_request
from certserver.verify.pictures import MAX_BYTES, MAX_PICTURES, UnreadablePicture
from koufu.evidence.statement import MAX_PAGES

_PART = 65_536
_LOOKED_AT_EVERY_S = 0.05
_WALL_MOST = WALL_SECONDS + SECONDS_MORE * MAX_PAGES
"""The process that checks limits itself; this only ends one that does not get to it."""


class CheckBroke(Exception):
    """The process that checks ran out of time or memory, or died of what it was given."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """What a check goes by: raw public keys given by hand, the bytes of an opened trust list (empty: none), the folder
    of form bundles, and fonts besides Debian's."""

    keys: tuple[bytes, ...]
    trust_list: bytes = b""
    bundles: Path | None = None
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Confinement:
    """Checks documents one at a time, each in a new process. `elapsed` gives seconds since some fixed moment; a
    document of one page may cost `seconds` of a processor."""

    trusted: Trusted
    elapsed: Callable[[], float]
    seconds: int = SECONDS

    def check_files(self, files: Sequence[Path], *, with_pictures: bool = False) -> Checked:
        """Checks files that lie there. Raises `UnreadablePicture`, `CheckBroke`, and `OSError` for a file that can't be
        opened."""
        if len(files) > MAX_PICTURES:
            raise UnreadablePicture(f"there are more than {MAX_PICTURES} files")
        with ExitStack() as stack:
            opened = [stack.enter_context(open_plain(path)) for path in files]
            if sum(os.fstat(file.fileno()).st_size for file in opened) > MAX_BYTES:
                raise UnreadablePicture(f"the files are larger than {MAX_BYTES // (1024 * 1024)} MB together")
            return self._check([file.fileno() for file in opened], with_pictures=with_pictures)

    def check_bytes(self, contents: Sequence[bytes], *, with_pictures: bool = False) -> Checked:
        """The same for files in memory; none of them touches a disk."""
        with ExitStack() as stack:
            opened = [stack.enter_context(_in_memory(content)) for content in contents]
            return self._check([file.fileno() for file in opened], with_pictures=with_pictures)

    def _check(self, descriptors: Sequence[int], *, with_pictures: bool) -> Checked:
        trusted = self.trusted
        request = Request(
            tuple(descriptors),
            trusted.keys,
            trusted.trust_list,
            str(trusted.bundles.resolve()) if trusted.bundles is not None else "",
            tuple(str(font.resolve()) for font in trusted.fonts),
            with_pictures,
            self.seconds,
        )
        with _in_memory(write_request(request)) as asked:
            process = subprocess.Popen(
                (sys.executable, "-m", "certserver.verify.confined"),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=descriptors,
                # A library's own threads would each want memory for nothing.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
            )
            with process:
                try:
                    answer = self._answer(process)
                finally:
                    process.kill()
        try:
            return read_checked(answer)
        except ValueError as error:
            raise CheckBroke("the files can't be checked within time and memory") from error

    def _answer(self, process: "subprocess.Popen[bytes]") -> bytes:
        """All it writes. Raises `CheckBroke` when that is too much or too late."""
        assert process.stdout is not None
        answer, until = bytearray(), self.elapsed() + _WALL_MOST
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while self.elapsed() < until:
                if _resident(process.pid) > RESIDENT_BYTES:
                    raise CheckBroke("the check took too much memory")
                if not selector.select(_LOOKED_AT_EVERY_S):
                    continue
                part = os.read(process.stdout.fileno(), _PART)
                if not part:
                    return bytes(answer)
                answer += part
                if len(answer) > MAX_ANSWER:
                    break
        raise CheckBroke("the check took too long")


def _resident(pid: int) -> int:
    """Bytes of a process that are its own and lie in memory (`RssAnon` of proc(5)); 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^RssAnon:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found is not None else 0


@contextmanager
def _in_memory(content: bytes) -> Iterator[IO[bytes]]:
    """A file that is only in memory, ready to be read."""
    with os.fdopen(os.memfd_create("koufu"), "r+b") as file:
        file.write(content)
        file.flush()
        file.seek(0)
        yield file
