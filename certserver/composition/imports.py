"""Deliveries that the core system put where it was told to, and imports of them: each in a process of its own, which
goes on when the console ends, and reads files that came from elsewhere apart from it."""

import subprocess
import sys
from pathlib import Path

from certserver.intake.manifest import MANIFEST

MOST_LISTED = 100


class DeliveryFolders:
    """What lies in the folder of deliveries. None: none was configured."""

    def __init__(self, home: Path, folder: Path | None) -> None:
        self._home = home
        self._folder = folder
        self._begun: list[subprocess.Popen[bytes]] = []

    def names(self) -> tuple[str, ...] | None:
        """The deliveries there are, last name first; None where no folder is configured."""
        if self._folder is None:
            return None
        try:
            found = sorted((each.name for each in self._folder.iterdir() if (each / MANIFEST).is_file()), reverse=True)
        except OSError:
            return ()
        return tuple(found[:MOST_LISTED])

    def start(self, name: str, mark: str, *, dry_run: bool, accept_losses: bool) -> None:
        """Begins an import of one of them; what comes of it is in the rows of import runs."""
        assert self._folder is not None, "nothing is listed where no folder is configured"
        self._begun = [each for each in self._begun if each.poll() is None]
        command = [sys.executable, "-m", "certserver.cli.main", "import", str(self._folder / name)]
        command += ["--home", str(self._home), "--officer", mark]
        command += ["--dry-run"] * dry_run + ["--accept-losses"] * accept_losses
        self._begun.append(
            subprocess.Popen(  # noqa: S603 - this program, and a folder of our own list
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def wait(self) -> None:
        """Returns once every import that was begun here has ended."""
        for each in self._begun:
            each.wait()
        self._begun = []
