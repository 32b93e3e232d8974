"""The files of a delivery as its manifest lists them, and what each said of itself once it was read to its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from certserver.intake.findings import Finding, Rule
from certserver.intake.lines import Note, Source, Unreadable
from certserver.intake.manifest import Content, Manifest


class Sources:
    """Opens the files of a delivery. A file that is not listed has no lines."""

    def __init__(self, folder: Path, manifest: Manifest, note: Note) -> None:
        self.changes = manifest.content is Content.CHANGES
        self._folder = folder
        self._manifest = manifest
        self._note = note

    @contextmanager
    def opened(self, *names: str) -> Iterator[list[Source | None]]:
        """Files to be read to their end inside; None for those that are not listed. What does not agree with the
        manifest is found afterwards, a file that can't be read ends what is inside."""
        sources = [Source(self._folder, name, self._note) if name in self._manifest.files else None for name in names]
        try:
            yield sources
        except Unreadable as unreadable:
            self._note(Finding(unreadable.name, 0, "", Rule.ABSENT))
            return
        for source in sources:
            if source is not None:
                listed = self._manifest.files[source.name]
                if source.digest != listed.sha256:
                    self._note(Finding(source.name, 0, "", Rule.DIGEST))
                elif source.lines != listed.lines:
                    self._note(Finding(source.name, 0, "", Rule.COUNT))
