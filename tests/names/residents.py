"""Fuzzed residents, each made of its number alone: names and addresses dealt from all that the fonts have, short and
long, some with what no font has."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from certserver.documents.residence import ResidenceDocument
from certserver.registers.model import Resident
from tests.names.repertoire import NO_FONT_HAS
from tests.support.specimens import KENGO

DEALT = 24
"""Clusters that each resident takes from the deck, so that 10,000 residents show all of it more than twice."""

_FIELDS = (
    "name",
    "name_kana",
    "former_surname",
    "koseki_head",
    "domicile",
    "previous_address",
    "moved_from",
    "remarks",
)
_LATIN = [chr(code) for code in range(0xFF21, 0xFF3B)]
_LONG_EVERY, _LACKING_EVERY = 17, 25


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """One of them, and whether something in it was put there that no font has."""

    resident: Resident
    lacking: bool

    def __repr__(self) -> str:
        return f"<Fuzzed {self.resident.resident_id}>"


def fuzzed(number: int, deck: Sequence[str]) -> Fuzzed:
    """Resident `number` (from 0)."""
    source = random.Random(f"resident {number}")
    dealt = [deck[(number * DEALT + at) % len(deck)] for at in range(DEALT)]
    if number % _LONG_EVERY == 0:
        dealt += source.choices(deck, k=source.randint(10, 60)) + source.choices(_LATIN, k=source.randint(0, 40))
    texts: dict[str, Any] = dict(zip(_FIELDS, _hands(source, dealt), strict=True))
    lacking = number % _LACKING_EVERY == 0
    if lacking:
        strange = source.choice(NO_FONT_HAS)
        field = source.choice(_FIELDS)
        at = source.choice((0, len(texts[field])))
        # Apart, so that a lone selector or mark does not become part of what the fonts have.
        texts[field] = f"{texts[field][:at]}　{strange}　{texts[field][at:]}"
    return Fuzzed(replace(KENGO, resident_id=f"n{number}", **texts), lacking)


def values(document: ResidenceDocument) -> Iterator[tuple[str, str]]:
    """Name and text of every entry that was fuzzed."""
    for person in document.people:
        for entry in person.entries():
            if entry.name.partition(".")[2] in _FIELDS:
                yield entry.name, entry.text


def _hands(source: random.Random, dealt: list[str]) -> list[str]:
    """The clusters in as many texts as there are fields, the first a surname and a given name, no text empty."""
    cuts = sorted(source.sample(range(1, len(dealt)), len(_FIELDS) - 1))
    hands = [dealt[start:end] for start, end in zip((0, *cuts), (*cuts, len(dealt)), strict=True)]
    return ["".join(_spaced(source, hand)) for hand in hands]


def _spaced(source: random.Random, hand: list[str]) -> list[str]:
    if len(hand) < 2 or source.random() < 0.3:
        return hand
    at = source.randrange(1, len(hand))
    return [*hand[:at], "　", *hand[at:]]
