"""A signed record that a check was made, for whoever must show later that paper was checked: which document, with what
answers, by what list and program. Of what the paper says it holds a hash and nothing else."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certserver.verify.answers import Answers, Content
from certserver.verify.ground_seen import SheetLook
from certserver.verify.status import DocumentStanding, Status
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.content import hash_of
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.sizes import HASH_BYTES, MAX_SIDES

CHECKED_DOMAIN = "koufu/checked/1"
MAX_RECORD = 16_384
_SHORT = 64
_NO_HASH = b""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """`document_no` and `content_hash` (of the last page that was read, which holds those before) are empty when none
    was read; `trust_list` is the number and SHA-256 of the list gone by, 0 and empty without one; `files` are the
    SHA-256 of what was looked at, in its order; `at` in Unix seconds."""

    document_no: str
    content_hash: bytes
    content: Content
    sheet: SheetLook
    status: Status
    list_number: int
    list_hash: bytes
    build: str
    at: int
    files: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        """The bytes the verifier signs."""
        writer = Writer(CHECKED_DOMAIN)
        writer.text(self.document_no)
        writer.raw(self.content_hash)
        for answer in (self.content, self.sheet, self.status.standing):
            writer.text(answer.value)
        writer.number(int(self.status.at is not None))
        writer.number(self.status.at or 0)
        writer.number(self.list_number)
        writer.raw(self.list_hash)
        writer.text(self.build)
        writer.number(self.at)
        writer.number(len(self.files))
        for file in self.files:
            writer.raw(file)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "CheckRecord":
        """The record in these bytes, or `MalformedEvidence`."""
        reader = Reader(CHECKED_DOMAIN, evidence, limit=MAX_RECORD)
        try:
            document_no = reader.text(limit=_SHORT)
            record = cls(
                document_no=parse_document_number(document_no) if document_no else "",
                content_hash=_hash_or_none(reader),
                content=Content(reader.text(limit=_SHORT)),
                sheet=SheetLook(reader.text(limit=_SHORT)),
                status=_status(reader),
                list_number=reader.number(),
                list_hash=_hash_or_none(reader),
                build=reader.text(limit=_SHORT),
                at=reader.number(),
                files=tuple(reader.raw(exactly=HASH_BYTES) for _ in range(reader.number(limit=MAX_SIDES))),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        return record


def record_of(
    answers: Answers, trust_list: tuple[int, bytes], build: str, at: int, files: tuple[bytes, ...]
) -> CheckRecord:
    """The record of a check. `trust_list`: the number and the bytes of the list gone by; `files`: what was looked at,
    as SHA-256."""
    number, evidence = trust_list
    last = answers.contents[-1].to_bytes() if answers.contents else None
    return CheckRecord(
        answers.document_no or "",
        hash_of(last) if last is not None else _NO_HASH,
        answers.content,
        answers.sheet,
        answers.status,
        number,
        sha256(evidence).digest() if evidence else _NO_HASH,
        build,
        at,
        files,
    )


def sign_record(record: CheckRecord, key: Ed25519PrivateKey) -> tuple[bytes, bytes]:
    """Its bytes, and the verifier's signature over them."""
    evidence = record.to_bytes()
    return evidence, key.sign(evidence)


def open_record(evidence: bytes, signature: bytes, key: Ed25519PublicKey) -> CheckRecord:
    """The record, after its signature held. Raises `BadSignature` or `MalformedEvidence`."""
    if len(evidence) > MAX_RECORD:
        raise MalformedEvidence(f"a record of a check of more than {MAX_RECORD} bytes is none")
    try:
        key.verify(signature, evidence)
    except InvalidSignature as error:
        raise BadSignature("that key did not sign this record") from error
    return CheckRecord.from_bytes(evidence)


def _hash_or_none(reader: Reader) -> bytes:
    found = reader.raw(limit=HASH_BYTES)
    if len(found) not in (0, HASH_BYTES):
        raise MalformedEvidence("a hash of a record has another length")
    return found


def _status(reader: Reader) -> Status:
    standing = DocumentStanding(reader.text(limit=_SHORT))
    known, at = reader.number(limit=1), reader.number()
    return Status(standing, at if known else None)
