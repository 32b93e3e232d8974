"""A small disk of its own for what terminal or server keep: it can be full, and it can break and be read-only from one
moment to the next, as ext4 is after a fault."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

MENDED = 2
"""The greatest exit status of e2fsck that means so."""


class Disk:
    """A file system in a file, mounted at `place`, in a mount namespace that is the harness's own."""

    def __init__(self, image: Path, place: Path, megabytes: int) -> None:
        self._image = image
        self._place = place
        self._filler = place / "filler"
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", str(image))
        place.mkdir(parents=True, exist_ok=True)
        self.mount()

    def mount(self) -> None:
        """Puts it there."""
        _run("mount", "-o", "loop", str(self._image), str(self._place))

    def fill(self) -> None:
        """Not a byte is free."""
        descriptor = os.open(self._filler, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            for size in (1 << 20, 1 << 12, 1):
                self._fill_by(descriptor, size)
        finally:
            os.close(descriptor)

    def _fill_by(self, descriptor: int, size: int) -> None:
        while True:
            try:
                os.write(descriptor, b"\0" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                return

    def free(self) -> None:
        """There is room again."""
        self._filler.unlink(missing_ok=True)

    def break_(self) -> None:
        """From this moment on nothing is written any more, whoever has a file open."""
        # What it says does not count: in the middle of a write it is called failed, and is done all the same.
        command = ["mount", "-o", "remount,abort", str(self._place)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        if not os.statvfs(self._place).f_flag & os.ST_RDONLY and self._takes():
            raise OSError(f"the disk does not break: {said}")

    def _takes(self) -> bool:
        try:
            os.close(os.open(self._place / "probe", os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError:
            return False
        return True

    def mend(self) -> None:
        """A person saw to it: what was on it is on another one. Nobody may have a file open."""
        # Programs in mount namespaces of their own hold on to the broken one: it is never mounted again.
        self.drop()
        whole = self._image.with_suffix(f".{len(list(self._image.parent.iterdir()))}")
        shutil.copyfile(self._image, whole)
        done = subprocess.run(["e2fsck", "-f", "-y", str(whole)], capture_output=True, check=False)
        if done.returncode > MENDED:
            raise OSError(f"the disk can't be mended: {done.stdout.decode()}")
        self._image = whole
        self.mount()

    def drop(self) -> None:
        """Takes it away as soon as nobody has a file open there."""
        _run("umount", "--lazy", str(self._place))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")
