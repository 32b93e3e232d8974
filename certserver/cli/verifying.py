"""What koufu-verify does with one document and with many: check, ask, tell, and write pictures and records."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.cli.verify_keys import Believed
from certserver.verify.answers import Answers, Outcome, Trouble, answers, nothing_said
from certserver.verify.check import Checked
from certserver.verify.confinement import CheckBroke, Confinement
from certserver.verify.limits import open_plain
from certserver.verify.pictures import UnreadablePicture
from certserver.verify.record import record_of, sign_record
from certserver.verify.report import as_json, as_words
from certserver.verify.spoken import spoken
from certserver.verify.status import StatusSource
from certserver.verify.words import Tongue
from koufu.evidence.content import hash_of
from koufu.evidence.sizes import MAX_SIDES
from koufu.release import BUILD

_WORST_FIRST = (
    *(Outcome.NOT_AS_ISSUED, Outcome.NOT_IN_FORCE, Outcome.COPY),
    *(Outcome.INCOMPLETE, Outcome.AS_ISSUED),
)


class NotWritten(Exception):
    """A picture or a record can't be written: what is wrong is no document."""


@dataclass(frozen=True, slots=True)
class Telling:
    """In which language and form the answers are printed."""

    tongue: Tongue
    json: bool = False
    fields: bool = False
    speak: bool = False


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks documents at one instant (`now`, Unix seconds) by what is believed. `ledger` is asked when there is one,
    and `key` signs records."""

    believed: Believed
    ledger: StatusSource | None
    key: Ed25519PrivateKey | None
    telling: Telling
    now: int
    elapsed: Callable[[], float]

    def one(self, files: Sequence[Path], pictures: Path | None, record: Path | None) -> Outcome:
        """Checks one document and prints what was found out. Raises `OSError` for a file that can't be opened, and
        `NotWritten`."""
        with ExitStack() as stack:
            opened = _opened(files, stack)
            said = self._answers(opened, pictures)
            self._print(said)
            self._record(said, opened, record)
        return said.outcome

    def batch(self, folder: Path, pictures: Path | None, records: Path | None) -> int:
        """Checks every file and folder in a folder: a line of JSON for each, at the end a line that counts them; the
        exit code of the worst. Whatever is wrong with one, the next is checked. Raises `OSError` for the folder, and
        `NotWritten`."""
        outcomes: Counter[Outcome] = Counter()
        for entry in _documents(folder):
            name = entry.name
            with ExitStack() as stack:
                try:
                    opened = _opened(_files_of(entry), stack)
                except OSError as error:
                    said = nothing_said(Trouble.UNREADABLE_PICTURE, error.strerror or "")
                else:
                    said = self._answers(opened, pictures / name if pictures is not None else None)
                    self._record(said, opened, records / f"{name}.check" if records is not None else None)
            outcomes[said.outcome] += 1
            print(json.dumps({"document": name} | self._json(said), ensure_ascii=False), flush=True)
        counted = {outcome.name.lower().replace("_", "-"): outcomes[outcome] for outcome in Outcome}
        print(json.dumps({"documents": outcomes.total(), **counted}))
        return next((outcome.value for outcome in _WORST_FIRST if outcomes[outcome]), Outcome.INCOMPLETE.value)

    def _answers(self, files: Sequence[BufferedReader], pictures: Path | None) -> Answers:
        if self.believed.refused is not None:
            return nothing_said(self.believed.refused)
        confinement = Confinement(self.believed.trusted, self.elapsed)
        try:
            checked = confinement.check_files(files, with_pictures=pictures is not None)
        except UnreadablePicture as error:
            return nothing_said(Trouble.UNREADABLE_PICTURE, str(error))
        except CheckBroke as error:
            return nothing_said(Trouble.TOO_MUCH, str(error))
        if pictures is not None:
            _write_pictures(checked, pictures)
        said = answers(checked)
        if self.ledger is None or not said.contents:
            return said
        last = said.contents[-1]
        return replace(said, status=self.ledger.status(last.document_no, hash_of(last.to_bytes())))

    def _print(self, said: Answers) -> None:
        telling, names = self.telling, self.believed.names
        if telling.speak:
            print("\n".join(spoken(said, names, self.now)))
        elif telling.json:
            print(json.dumps(self._json(said), ensure_ascii=False, indent=2))
        else:
            print("\n".join(as_words(said, names, self.now, telling.tongue, fields=telling.fields)))

    def _json(self, said: Answers) -> dict[str, object]:
        telling = self.telling
        return as_json(said, self.believed.names, self.now, telling.tongue, fields=telling.fields, command=True)

    def _record(self, said: Answers, files: Sequence[BufferedReader], record: Path | None) -> None:
        if record is None or self.key is None:
            return
        # Of more files than a check takes none was looked at.
        hashes = tuple(map(_hash, files)) if len(files) <= MAX_SIDES else ()
        evidence, signature = sign_record(
            record_of(said, self.believed.list_gone_by, BUILD, self.now, hashes), self.key
        )
        signed = record.with_name(record.name + ".sig")
        _write(record, evidence)
        _write(signed, signature)
        print(f"{record}: record of this check, signed in {signed.name}", file=sys.stderr)


def _documents(folder: Path) -> Iterator[Path]:
    """Each document of a folder; hidden ones are left out."""
    return (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))


def _files_of(document: Path) -> list[Path]:
    files = sorted(document.iterdir()) if document.is_dir() else [document]
    return [file for file in files if not file.name.startswith(".")]


def _opened(files: Sequence[Path], stack: ExitStack) -> list[BufferedReader]:
    """The files of a document, each opened once: what is checked is what a record names. No more of them than a check
    refuses for their number."""
    return [stack.enter_context(open_plain(file)) for file in files[: MAX_SIDES + 1]]


def _write_pictures(checked: Checked, folder: Path) -> None:
    numbers: Counter[int] = Counter()
    for face in checked.faces:
        if face.shown is None:
            continue
        numbers[face.page] += 1
        name = f"page-{face.page}" + (f"-{numbers[face.page]}" if numbers[face.page] > 1 else "")
        _write(folder / f"{name}.png", face.shown.framed)
        for number, closeup in enumerate(face.shown.closeups, 1):
            _write(folder / f"{name}-place-{number}.png", closeup)


def _write(file: Path, content: bytes) -> None:
    """Writes a file, its folder too if there is none. Raises `NotWritten`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise NotWritten(f"{file} can't be written: {error.strerror}") from error


def _hash(file: BufferedReader) -> bytes:
    file.seek(0)
    return file_digest(file, "sha256").digest()
