"""Form bundles as files, each under its hash and its signature beside it, as a check of paper takes them. They are
published and tell nothing of anybody: they may lie on a disk."""

from collections.abc import Iterable
from pathlib import Path

from certserver.ledger.state import municipalities
from certserver.pipeline.bundles import further_bundles
from certserver.storage.engine import Database
from koufu.evidence.bundle import BUNDLE_SUFFIX, SignedBundle


class BundleFiles:
    """Those of one folder, which only grows. Raises `OSError` where it can't be written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._there: set[bytes] = set()

    def __len__(self) -> int:
        return len(self._there)

    def add(self, bundles: Iterable[SignedBundle]) -> None:
        """Writes those that were not written yet."""
        for bundle in bundles:
            if bundle.hash in self._there:
                continue
            file = self.folder / bundle.hash.hex()
            file.with_suffix(".sig").write_bytes(bundle.signature)
            file.with_suffix(BUNDLE_SUFFIX).write_bytes(bundle.evidence)
            self._there.add(bundle.hash)

    def add_kept(self, database: Database) -> None:
        """The same for those that documents of any municipality of a database were drawn with."""
        with database.reading() as connection:
            for municipality in municipalities(connection):
                self.add(further_bundles(connection, municipality, self._there))
