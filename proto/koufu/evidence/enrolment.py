"""The bytes a card proves when its holder applies for an enrolment (利用登録申請) with the municipality that keeps
their koseki. What the holder says of themselves stands here and is never shown in `repr`, logged or spoken."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from koufu.evidence.challenge import NONCE_BYTES
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number

ENROLMENT_DOMAIN = "koufu/enrolment/1"
MAX_DOMICILE = 120
MAX_NAME = 60
MAX_PHONE = 13
_BYTES_A_CHARACTER = 4
_PHONE = re.compile(r"0[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}", re.ASCII)
_PHONE_DIGITS = range(9, 12)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """What somebody who applies says, as they typed it: registered domicile (本籍), head of the koseki (筆頭者) and
    their own name in kana or as they like, date of birth, telephone number. Which of these a municipality must ask for
    is unconfirmed. Raises `ValueError` for what can't be meant."""

    domicile: str
    head: str
    name: str
    born: date
    phone: str

    def __post_init__(self) -> None:
        for value, limit in ((self.domicile, MAX_DOMICILE), (self.head, MAX_NAME), (self.name, MAX_NAME)):
            if not is_plain(value, limit):
                raise ValueError("a statement of whoever applies is empty, too long, or holds control characters")
        if not is_phone(self.phone):
            raise ValueError("a telephone number has 9 to 11 digits, the first of them 0")

    def __repr__(self) -> str:
        return "<Applicant>"


@dataclass(frozen=True, slots=True, repr=False)
class KosekiEnrolment:
    """What one card applies for, in one session at one terminal. `former` is the number of an earlier enrolment of the
    same person with another X.509, empty without one. Being bound to the session's nonce it is good in that session
    only."""

    municipality: str
    terminal: str
    session_nonce: bytes
    applicant: Applicant
    former: str = ""

    def __post_init__(self) -> None:
        if self.former and parse_enrolment_number(self.former) != self.former:
            raise ValueError("the number of a former enrolment stands in its plain form")

    def __repr__(self) -> str:
        return f"<KosekiEnrolment at {self.terminal}>"

    def to_bytes(self) -> bytes:
        """The bytes that the card answers, by their SHA-256."""
        writer = Writer(ENROLMENT_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.terminal)
        writer.raw(self.session_nonce)
        writer.text(self.applicant.domicile)
        writer.text(self.applicant.head)
        writer.text(self.applicant.name)
        writer.text(self.applicant.born.isoformat())
        writer.text(self.applicant.phone)
        writer.text(self.former)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "KosekiEnrolment":
        """What stands in these bytes, or `MalformedEvidence`. Bytes that would not be written again alike are
        refused."""
        reader = Reader(ENROLMENT_DOMAIN, evidence)
        try:
            enrolment = cls(
                municipality=reader.text(limit=6),
                terminal=reader.text(limit=64),
                session_nonce=reader.raw(exactly=NONCE_BYTES),
                applicant=Applicant(
                    domicile=reader.text(limit=MAX_DOMICILE * _BYTES_A_CHARACTER),
                    head=reader.text(limit=MAX_NAME * _BYTES_A_CHARACTER),
                    name=reader.text(limit=MAX_NAME * _BYTES_A_CHARACTER),
                    born=_day(reader.text(limit=10)),
                    phone=reader.text(limit=MAX_PHONE),
                ),
                former=reader.text(limit=16),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        return enrolment


@dataclass(frozen=True, slots=True, repr=False)
class ProvenEnrolment:
    """The bytes of an enrolment as sent and the card's answer over them (RSA PKCS#1 v1.5 over SHA-256)."""

    evidence: bytes
    proof: bytes

    def __repr__(self) -> str:
        return "<ProvenEnrolment>"


def is_plain(value: str, limit: int) -> bool:
    """Whether a text of at most so many characters says something, in one line without control characters."""
    unusable = any(unicodedata.category(character)[0] == "C" for character in value)
    lines = any(unicodedata.category(character) in ("Zl", "Zp") for character in value)
    return bool(value.strip()) and len(value) <= limit and not unusable and not lines


def is_phone(value: str) -> bool:
    """Whether a text is a Japanese telephone number, with hyphens or without."""
    return bool(_PHONE.fullmatch(value)) and sum(character.isdigit() for character in value) in _PHONE_DIGITS


def _day(text: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        raise ValueError("a date of birth is written YYYY-MM-DD")
    return date.fromisoformat(text)
