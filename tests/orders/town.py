"""The town that 64 terminals order in: who lives where, and what each household's entries say at each of its
revisions. Pure: whoever changes the register and whoever judges the paper work it out by themselves. Households come
in fours of the same names and days of birth, so that no name tells one resident from another."""

import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PIL import Image, ImageDraw

from certserver.check_digits import individual_number_digit
from certserver.registers.model import Household, RegisterDate, RegisteredSeal, Resident, Sex, Withholding
from certserver.registers.snapshot import ResidentNumbers
from tests.orders.register import Home
from tests.support.deliveries import Handover

MUNICIPALITY = "992011"
SIZES = (1, 2, 3, 4, 5, 2)
"""Persons of the households, in turn; a sheet has room for four."""

NAMESAKES = 4
"""So many households in a row are called alike."""

IMPRINT_SIDE = 240
_GIVEN = (("健太", "ケンタ"), ("由美", "ユミ"), ("蓮", "レン"), ("葵", "アオイ"), ("湊", "ミナト"))
_SURNAMES = (("見本", "ミホン"), ("例田", "レイタ"), ("仮山", "カリヤマ"), ("試川", "シカワ"), ("雛形", "ヒナガタ"))
_BORN = (date(1985, 1, 5), date(1987, 12, 24), date(2012, 3, 30), date(2015, 10, 1), date(2019, 5, 1))
_RELATIONS = ("世帯主", "妻", "子", "子", "子")
_GROWN = 2
_SINCE, _AT_ADDRESS, _TOLD = date(2010, 4, 1), date(2015, 6, 1), date(2015, 6, 2)
_SEAL_DAY = date(2012, 4, 5)
_BITS = 24


@dataclass(frozen=True, slots=True)
class Who:
    """One resident: which household, and which of its persons, both from 0."""

    house: int
    place: int

    @property
    def resident_id(self) -> str:
        """The register's key."""
        return f"r{self.house:04}-{self.place}"

    @property
    def may_order(self) -> bool:
        """Whether they are of age to."""
        return self.place < _GROWN

    @property
    def has_seal(self) -> bool:
        """Whether a seal of theirs is registered."""
        return self.may_order

    @property
    def name(self) -> tuple[str, str]:
        """Name and its kana, of which there are others alike."""
        surname, kana = _SURNAMES[self.house // (len(SIZES) * NAMESAKES) % len(_SURNAMES)]
        given, given_kana = _GIVEN[self.place]
        return f"{surname}　{given}", f"{kana}　{given_kana}"

    @property
    def born(self) -> date:
        """The day, of which there are others alike."""
        return _BORN[self.place]

    @property
    def sex(self) -> Sex:
        """As the register has it."""
        return Sex.FEMALE if self.place % 2 else Sex.MALE

    @property
    def relationship(self) -> str:
        """To the householder."""
        return _RELATIONS[self.place]

    @property
    def individual_number(self) -> str:
        """Fictional, with its check digit."""
        eleven = f"{99_900_000_000 + self.house * 10 + self.place:011d}"
        return f"{eleven}{individual_number_digit(eleven)}"

    @property
    def resident_code(self) -> str:
        """Fictional."""
        return f"{10_000_000_000 + self.house * 10 + self.place:011d}"


def people_of(house: int) -> tuple[Who, ...]:
    """Everybody of a household, in the register's order."""
    return tuple(Who(house, place) for place in range(SIZES[house % len(SIZES)]))


def people(houses: int) -> tuple[Who, ...]:
    """Everybody in a town of so many households."""
    return tuple(who for house in range(houses) for who in people_of(house))


def who_is(resident_id: str) -> Who:
    """Whom the register's key names."""
    house, _, place = resident_id[1:].partition("-")
    return Who(int(house), int(place))


def address_of(house: int, revision: int) -> str:
    """Where a household lives; no other ever lived there."""
    return f"見本県見本市本町{house + 1}丁目{revision}番1号"


def domicile_of(house: int, revision: int) -> str:
    """The registered domicile of all of a household."""
    return f"見本県見本市元町{house + 1}番地{revision}"


def came_from(house: int, revision: int) -> str:
    """Where they all came from; nobody lives there."""
    return f"別県別市元町{house + 1}丁目{revision}番"


def remarks_of(who: Who, revision: int) -> str:
    """The one entry that names the very person."""
    return f"整理番号{who.house + 1}の{who.place + 1}、改製{revision}"


@lru_cache(maxsize=4096)
def imprint_of(who: Who, revision: int) -> Image.Image:
    """The registered seal, black on white: a ring with bars that tell whose it is, and at which revision."""
    picture = Image.new("1", (IMPRINT_SIDE, IMPRINT_SIDE), 1)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, IMPRINT_SIDE - 5, IMPRINT_SIDE - 5), outline=0, width=8)
    told = (who.house * 10 + who.place) << 10 | revision % 1024
    for at in range(_BITS):
        if told >> at & 1:
            left, top = 50 + at % 6 * 24, 60 + at // 6 * 32
            draw.rectangle((left, top, left + 15, top + 23), fill=0)
    return picture


def handover(homes: dict[int, Home]) -> Handover:
    """What a core system delivers of these households, as they stand."""
    given = Handover()
    for house, home in homes.items():
        everybody = people_of(house)
        given.households.append(Household(_household_id(house), address_of(house, home.revision), everybody[0].name[0]))
        for who in everybody:
            given.residents.append((_resident(who, home), who.place))
            given.numbers[who.resident_id] = ResidentNumbers(who.individual_number, who.resident_code)
            if who.has_seal:
                given.seals.append(_seal(who, home))
    return given


def _household_id(house: int) -> str:
    return f"h{house:04}"


def _resident(who: Who, home: Home) -> Resident:
    name, kana = who.name
    head = people_of(who.house)[0].name[0]
    return Resident(
        resident_id=who.resident_id,
        household_id=_household_id(who.house),
        name=name,
        name_kana=kana,
        former_surname=None,
        former_surname_kana=None,
        born=RegisterDate(who.born),
        sex=who.sex,
        relationship=who.relationship,
        domicile=domicile_of(who.house, home.revision),
        koseki_head=head,
        resident_since=RegisterDate(_SINCE),
        address_since=RegisterDate(_AT_ADDRESS),
        notified_on=RegisterDate(_TOLD),
        previous_address=came_from(who.house, home.revision),
        moved_from=None,
        remarks=remarks_of(who, home.revision),
        move_out_planned=date(2030, 4, 1) if who.place in home.leaving else None,
        moved_out=date(2026, 5, 1) if who.place in home.gone else None,
        withholding=frozenset({Withholding.PROTECTIVE_MEASURE}) if who.place in home.measures else frozenset(),
    )


def _seal(who: Who, home: Home) -> RegisteredSeal:
    data = io.BytesIO()
    imprint_of(who, home.revision).save(data, "PNG", compress_level=1)
    return RegisteredSeal(who.resident_id, data.getvalue(), RegisterDate(_SEAL_DAY), who.place in home.cancelled)
