"""Has pictures looked at in a process of its own and concludes from what that tells, so that no file can hang, fill,
crash or take over whoever asks: a web page or a bank's batch as well as a command."""

import os
import re
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

from certserver.verify.check import Checked
from certserver.verify.judge import Keys, trusted
from certserver.verify.limits import RESIDENT_BYTES, SECONDS, WALL_SECONDS, for_pages
from certserver.verify.messages import MAX_ANSWER, Hearing
from certserver.verify.pictures import MAX_BYTES, UnreadablePicture
from certserver.verify.request import Request, write_request
from koufu.evidence.sizes import MAX_SIDES
from koufu.evidence.trustlist import TrustList

_PART = 65_536
_LOOKED_AT_EVERY_S = 0.05

ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    # A library's own threads would each want memory for nothing, and keep the process from giving up the network.
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX"), "1"),
}
"""Of the process that checks: whatever else stands in ours, a database's password or a token, is no business of it."""


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

    def check_files(self, files: Sequence[BufferedReader], *, with_pictures: bool = False) -> Checked:
        """Checks plain files that were opened; they are read to their end. Raises `UnreadablePicture` and
        `CheckBroke`."""
        if sum(os.fstat(file.fileno()).st_size for file in files) > MAX_BYTES:
            raise UnreadablePicture(f"the files are larger than {MAX_BYTES // (1024 * 1024)} MB together")
        return self._check([file.fileno() for file in files], with_pictures=with_pictures)

    def check_bytes(self, contents: Sequence[bytes], *, with_pictures: bool = False) -> Checked:
        """The same for files in memory; none of them touches a disk."""
        with ExitStack() as stack:
            opened = [stack.enter_context(_in_memory(content)) for content in contents]
            return self._check([file.fileno() for file in opened], with_pictures=with_pictures)

    def _check(self, descriptors: Sequence[int], *, with_pictures: bool) -> Checked:
        if len(descriptors) > MAX_SIDES:
            raise UnreadablePicture(f"there are more than {MAX_SIDES} files")
        request = Request(
            tuple(descriptors),
            self.trusted.keys,
            self.trusted.trust_list,
            str(self.trusted.bundles.resolve()) if self.trusted.bundles is not None else "",
            tuple(str(font.resolve()) for font in self.trusted.fonts),
            with_pictures,
            self.seconds,
        )
        with _in_memory(write_request(request)) as asked:
            process = subprocess.Popen(
                # -P: nothing is taken for a module because it lies in the folder that somebody happens to be in.
                (sys.executable, "-P", "-m", "certserver.verify.confined"),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=descriptors,
                env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
                start_new_session=True,
            )
            with process:
                try:
                    return self._heard(process, Hearing(_keys(self.trusted)))
                except ValueError as error:
                    raise CheckBroke("the files can't be checked within time and memory") from error
                finally:
                    process.kill()

    def _heard(self, process: "subprocess.Popen[bytes]", hearing: Hearing) -> Checked:
        """What follows from all it tells. Raises `CheckBroke` when that is too much or too late, and as `Hearing` does.

        The process limits itself; time here only ends one that does not get to it."""
        assert process.stdout is not None
        begun, left, length = self.elapsed(), bytearray(), 0
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while self.elapsed() < begun + for_pages(WALL_SECONDS, len(hearing.signed)):
                if _resident(process.pid) > RESIDENT_BYTES:
                    raise CheckBroke("the check took too much memory")
                if not selector.select(_LOOKED_AT_EVERY_S):
                    continue
                part = os.read(process.stdout.fileno(), _PART)
                if not part:
                    return hearing.checked()
                length += len(part)
                if length > MAX_ANSWER:
                    raise CheckBroke("the check found more to show than can be shown")
                *lines, rest = part.split(b"\n")
                for line in lines:
                    hearing.take(bytes(left) + line)
                    left.clear()
                left += rest
        raise CheckBroke("the check took too long")


def _keys(trusted_by: Trusted) -> Keys:
    trust_list = TrustList.from_bytes(trusted_by.trust_list) if trusted_by.trust_list else None
    return trusted(trusted_by.keys, trust_list)


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
