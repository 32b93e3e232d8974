"""What koufu-verify does with one document and with many: check, ask, tell, and write pictures and records."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
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
from koufu.release import BUILD

_WORST_FIRST = (
    *(Outcome.NOT_AS_ISSUED, Outcome.NOT_IN_FORCE, Outcome.COPY),
    *(Outcome.INCOMPLETE, Outcome.AS_ISSUED),
)


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
        """Checks one document and prints what was found out. Raises `OSError`."""
        said = self._answers(files, pictures)
        self._print(said)
        self._record(said, files, record)
        return said.outcome

    def batch(self, folder: Path, pictures: Path | None, records: Path | None) -> int:
        """Checks every file and folder in a folder: a line of JSON for each, at the end a line that counts them; the
        exit code of the worst. Whatever is wrong with one, the next is checked. Raises `OSError` for the folder."""
        outcomes: Counter[Outcome] = Counter()
        for name, files in _documents(folder):
            line: dict[str, object] = {"document": name}
            try:
                said = self._answers(files, pictures / name if pictures is not None else None)
                if records is not None:
                    records.mkdir(parents=True, exist_ok=True)
                    self._record(said, files, records / f"{name}.check")
            except OSError as error:
                said = nothing_said(Trouble.UNREADABLE_PICTURE, error.strerror or "")
            outcomes[said.outcome] += 1
            print(json.dumps(line | self._json(said), ensure_ascii=False), flush=True)
        counted = {outcome.name.lower().replace("_", "-"): outcomes[outcome] for outcome in Outcome}
        print(json.dumps({"documents": outcomes.total(), **counted}))
        return next((outcome.value for outcome in _WORST_FIRST if outcomes[outcome]), Outcome.INCOMPLETE.value)

    def _answers(self, files: Sequence[Path], pictures: Path | None) -> Answers:
        if self.believed.refused is not None:
            return nothing_said(self.believed.refused)
        confinement = Confinement(self.believed.trusted, self.elapsed)
        try:
            checked = confinement.check_files(files, with_pictures=pictures is not None)
        except UnreadablePicture as error:
            return nothing_said(Trouble.UNREADABLE_PICTURE, str(error))
        except CheckBroke:
            return nothing_said(Trouble.TOO_MUCH)
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
            # Nothing is read out that was found to be otherwise on paper.
            lines = spoken(said.contents, names) if said.outcome is not Outcome.NOT_AS_ISSUED else iter(())
            print("\n".join((next(as_words(said, names, self.now, telling.tongue)), *lines)))
        elif telling.json:
            print(json.dumps(self._json(said), ensure_ascii=False, indent=2))
        else:
            print("\n".join(as_words(said, names, self.now, telling.tongue, fields=telling.fields)))

    def _json(self, said: Answers) -> dict[str, object]:
        telling = self.telling
        return as_json(said, self.believed.names, self.now, telling.tongue, fields=telling.fields)

    def _record(self, said: Answers, files: Sequence[Path], record: Path | None) -> None:
        if record is None or self.key is None:
            return
        hashes = tuple(_hash(file) for file in files)
        evidence, signature = sign_record(
            record_of(said, self.believed.list_gone_by, BUILD, self.now, hashes), self.key
        )
        record.write_bytes(evidence)
        record.with_name(record.name + ".sig").write_bytes(signature)
        print(f"{record}: record of this check, signed in {record.name}.sig", file=sys.stderr)


def _documents(folder: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Each document of a folder by its name, with its files; hidden ones are left out."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        files = sorted(entry.iterdir()) if entry.is_dir() else [entry]
        yield entry.name, tuple(file for file in files if not file.name.startswith("."))


def _write_pictures(checked: Checked, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    numbers: Counter[int] = Counter()
    for face in checked.faces:
        if face.shown is None:
            continue
        numbers[face.page] += 1
        name = f"page-{face.page}" + (f"-{numbers[face.page]}" if numbers[face.page] > 1 else "")
        (folder / f"{name}.png").write_bytes(face.shown.framed)
        for number, closeup in enumerate(face.shown.closeups, 1):
            (folder / f"{name}-place-{number}.png").write_bytes(closeup)


def _hash(file: Path) -> bytes:
    with open_plain(file) as opened:
        return file_digest(opened, "sha256").digest()
