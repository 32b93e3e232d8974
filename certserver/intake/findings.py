"""What is wrong with a delivery, by file, line and field. A finding never says what stands there: no name and no number
of a person (I11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

LIMIT = 1_000
"""How many findings are kept; the others are only counted."""


class Rule(Enum):
    """What is wanted of a delivery, each as what to do when it is not met."""

    ABSENT = "the file is missing or can't be read: hand it over, or take it out of manifest.json"
    UNLISTED = "the file is not in manifest.json: hand over only what is listed there"
    LEFT_OUT = "a whole delivery needs this file: hand it over, with the header alone where there is nothing to say"
    MANIFEST = "manifest.json is not as described: every member is needed, and no other is known"
    ANOTHER = "the delivery is for another municipality: it must never be loaded here"
    STALE = "the delivery was made before the one that counts now: hand over a newer one"
    AHEAD = "the delivery says that it is made in the future: set the clock of the system that makes it"
    DIGEST = "the file is not the one whose SHA-256 stands in manifest.json: hand the delivery over again"
    COUNT = "the file has another number of lines than manifest.json says: hand the delivery over again"
    UTF_8 = "the line is not UTF-8 (an unpaired surrogate is not either): export it again"
    CSV = "the line is not CSV (RFC 4180): quotes must be doubled and closed"
    JSON = "the line is not one JSON object"
    HEADER = "the first line must name exactly the fields of this file, in their order"
    COLUMNS = "the line has another number of fields than the first line"
    ORDER = "lines must be ordered by their key, code point by code point: sort the file"
    TWICE = "a line with this key was there before: a key stands once in a file"
    MEMBER = "the member is not known here: take it out"
    TYPE = "the member has another type than described"
    NEEDED = "it is empty, but is needed"
    EMPTY = "it must be empty here"
    OWNED = "the line it belongs to is to go: nothing may be said of it"
    KEY = "a key has 1 to {limit} characters out of A-Z a-z 0-9 . _ : -"
    TOO_LONG = "it is longer than {limit} characters"
    CONTROL = "it holds a control or invisible character: take it out"
    PRIVATE = "it holds a private-use character (外字): give the character of the standard set"
    UNASSIGNED = "it holds a code point that Unicode does not assign"
    LONE_SELECTOR = "a variation selector stands without a character before it"
    SEQUENCE = "it holds a variation sequence that is neither Moji_Joho's nor in the conversion table"
    SPACES = "it begins or ends with a space"
    DATE = "it is no date (2026-10-01, 令和8年10月1日): where parts are unknown leave it empty and fill its text"
    ERA = "there is no such day in this era"
    LUNAR = "a day before Meiji 6 (1873) is printed by its text: fill that beside it"
    FLAG = "0 or 1 is expected"
    WORD = "it is none of the words that may stand here"
    WHOLE = "a whole number is expected, without separators"
    RANGE = "the number or the day is out of range"
    INDIVIDUAL_NUMBER = "an individual number has 12 digits"
    CHECK_DIGIT = "the check digit does not fit"
    RESIDENT_CODE = "a resident-record code has 11 digits"
    BASE64 = "it is not base64"
    PNG = "it is not a whole 1-bit PNG: scan it again at 600 dpi, 1 bit"
    BOTH = "it has either a text or a day, and not both"
    SEAL_SIZE = "a registered seal is larger than 8 mm and smaller than 25 mm: 190 to 590 px at 600 dpi"
    REFERENCE = "it refers to an entry that is not there: a resident's household, somebody's resident"
    NOT_THERE = "there is no entry with this key to take away"
    STAYS = "an entry of this kind is taken away by the next whole delivery only"
    SUPPLEMENT = "its supplement names somebody who is not in the koseki any more: hand supplements.jsonl over with it"
    TOO_MANY = "more than {limit} entries would change, for which everybody waits: hand over fewer, or a whole delivery"
    HOUSEHOLD = "there is no household with this key"
    RESIDENT = "there is no resident with this key"
    TAX = "there is no tax entry with this key"
    DAMAGE = "there is no damage with this key"
    KOSEKI = "there is no koseki with this key"
    PERSON = "there is no person with this key in the koseki"
    RECORDED_TWICE = "this resident is recorded, and not removed, in a second place: one of them is somebody else's"
    HEAD = "nobody in this koseki bears this name: the head must be recorded in it"

    def told(self, limit: int | None = None) -> str:
        """The sentence for an operator."""
        return self.value.format(limit=limit)


class Broken(ValueError):
    """A value breaks a rule. It never holds the value."""

    def __init__(self, rule: Rule, limit: int | None = None) -> None:
        super().__init__(rule.name)
        self.rule = rule
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Finding:
    """One error. `line` counts from 1, the header being line 1 of a CSV file; 0 is the file as a whole. `field` is
    empty for the line as a whole."""

    file: str
    line: int
    field: str
    rule: Rule
    limit: int | None = None

    def told(self) -> str:
        """As an operator reads it: `residents.csv:17 born: it is no date …`."""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}{' ' if self.field else ''}{self.field}: {self.rule.told(self.limit)}"


class Findings:
    """Collects findings: the first ones up to a bound, and how many there are."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.kept: list[Finding] = []
        self.count = 0
        self._limit = limit

    def add(self, finding: Finding) -> None:
        """Notes one."""
        self.count += 1
        if len(self.kept) < self._limit:
            self.kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Notes several."""
        for finding in findings:
            self.add(finding)

    def join(self, others: "Findings") -> None:
        """Notes those that were collected elsewhere, with the count of those that were not kept there."""
        self.kept.extend(others.kept[: max(0, self._limit - len(self.kept))])
        self.count += others.count

    def __bool__(self) -> bool:
        return self.count > 0
