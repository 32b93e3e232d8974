"""What must stand on paper, and which refusal a register explains: worked out from the town alone, without anything of
the server's rules or forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from koufu.evidence.words import CertificateKind, Option, Scope
from tests.orders.register import Home, Register
from tests.orders.town import Who, address_of, came_from, domicile_of, imprint_of, people_of, remarks_of, who_is

SEAL = CertificateKind.SEAL_REGISTRATION
BLANK, UNUSED, NOT_COVERED = "【空欄】", "＊＊＊", "【署名の対象外】"
IMPRINT = "imprint"
ROOM = 4
"""Persons on a page."""

_ERAS = ((date(2019, 5, 1), "令和", 2018), (date(1989, 1, 8), "平成", 1988), (date(1926, 12, 25), "昭和", 1925))
_CLAUSES = {
    (CertificateKind.RESIDENCE, True): "この写しは、世帯全員の住民票の原本と相違ないことを証明する。",
    (CertificateKind.RESIDENCE, False): "この写しは、世帯の一部の住民票の原本と相違ないことを証明する。",
    (CertificateKind.RESIDENCE_ITEMS, True): "上記の事項は、世帯全員の住民票に記載されていることを証明する。",
    (CertificateKind.RESIDENCE_ITEMS, False): "上記の事項は、世帯の一部の住民票に記載されていることを証明する。",
    (SEAL, True): "この写しは、登録されている印影と相違ないことを証明する。",
}
_MAYOR = "見本市長　見本　太郎"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of an order, as whoever ordered it meant it: `members` are the register's keys."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option] = frozenset()
    members: tuple[str, ...] = ()
    copies: int = 1


def pages_of(wanted: Wanted, who: Who, home: Home, day: date) -> list[dict[str, str]]:
    """What each page says, by name of entry, for an order by this person of this household as it stands, made on that
    day in Japan."""
    if wanted.kind is SEAL:
        name, _ = who.name
        entries = {
            "name": name,
            "former_surname": UNUSED,
            "alias": UNUSED,
            "katakana": UNUSED,
            "born": era(who.born),
            "address": address_of(who.house, home.revision),
        }
        return [entries | _certified(wanted.kind, True, day)]
    shown = shown_by(wanted, who, home)
    whole = len(shown) == len(present(who.house, home))
    head = {"address": address_of(who.house, home.revision)}
    if Option.RELATIONSHIP in wanted.options:
        head["householder"] = people_of(who.house)[0].name[0]
    pages = []
    for first in range(0, len(shown), ROOM):
        page = dict(head)
        for at, person in enumerate(shown[first : first + ROOM], first + 1):
            page |= {f"{at}.{name}": text for name, text in _block(person, home, wanted.options)}
        last = first + ROOM >= len(shown)
        if not last:
            page["continuation"] = "以下次頁"
        elif len(shown) - first < ROOM:
            page["continuation"] = "以下余白"
        pages.append(page | (_certified(wanted.kind, whole, day) if last else {}))
    return pages


def imprint_on(wanted: Wanted, who: Who, home: Home) -> tuple[int, int, bytes] | None:
    """Width, height and rows of the registered seal on the page, 1 for ink; None for kinds without one."""
    if wanted.kind is not SEAL:
        return None
    picture = imprint_of(who, home.revision)
    return picture.width, picture.height, bytes(each ^ 0xFF for each in picture.tobytes())


def numbers_on(wanted: Wanted, who: Who, home: Home) -> list[str]:
    """The numbers that stand on the faces alone."""
    if wanted.kind is SEAL:
        return []
    shown = shown_by(wanted, who, home)
    numbers = [person.individual_number for person in shown if Option.INDIVIDUAL_NUMBER in wanted.options]
    return numbers + [person.resident_code for person in shown if Option.RESIDENT_CODE in wanted.options]


def present(house: int, home: Home) -> list[Who]:
    """Who lives there."""
    return [who for who in people_of(house) if who.place not in home.gone]


def shown_by(wanted: Wanted, who: Who, home: Home) -> list[Who]:
    """Whom a line shows."""
    if wanted.scope is Scope.SELF:
        return [who]
    here = present(who.house, home)
    if wanted.scope is Scope.HOUSEHOLD:
        return here
    return [person for person in here if person.resident_id in wanted.members]


def refusal_of(register: Register, resident: str, lines: list[Wanted]) -> str | None:
    """Why an order may not be issued as the register stands, or None; of several reasons the first that counts."""
    who = who_is(resident)
    home = register.homes[who.house]
    if standing_of(home, who) is not None:
        return standing_of(home, who)
    return next((reason for line in lines if (reason := _against(register, who, home, line)) is not None), None)


def standing_of(home: Home, who: Who) -> str | None:
    """Why somebody can have nothing at all, or None."""
    if who.place in home.gone:
        return "moved-out"
    return "move-out-planned" if who.place in home.leaving else None


def _against(register: Register, who: Who, home: Home, line: Wanted) -> str | None:
    here = present(who.house, home)
    if any(one.place in home.measures or one.resident_id in register.held for one in here):
        return "withheld"
    if line.kind is SEAL:
        struck = who.place in home.cancelled or who.resident_id in register.struck
        return "seal-cancelled" if struck else None
    return "move-out-planned" if any(one.place in home.leaving for one in here) else None


def lacks_member(home: Home, resident: str, lines: list[Wanted]) -> bool:
    """Whether a line names somebody who does not live there: that can't be offered."""
    here = {one.resident_id for one in present(who_is(resident).house, home)}
    return any(not here.issuperset(line.members) for line in lines)


def era(day: date) -> str:
    """A day as documents print it: figures of one digit stand behind a figure space."""
    _, name, before = next(each for each in _ERAS if day >= each[0])
    year = day.year - before
    return f"{name}{'元' if year == 1 else _two(year)}年{_two(day.month)}月{_two(day.day)}日"


def _two(number: int) -> str:
    return f"\u2007{number}" if number < 10 else str(number)


def _certified(kind: CertificateKind, whole: bool, day: date) -> dict[str, str]:
    return {"clause": _CLAUSES[kind, whole], "date": era(day), "mayor": _MAYOR}


def _block(who: Who, home: Home, options: frozenset[Option]) -> Iterator[tuple[str, str]]:
    name, kana = who.name
    yield "name_kana", kana
    if Option.INDIVIDUAL_NUMBER in options:
        yield "individual_number", NOT_COVERED
    yield "name", name
    if Option.RESIDENT_CODE in options:
        yield "resident_code", NOT_COVERED
    yield "resident_since", era(date(2010, 4, 1))
    yield "former_surname_kana", BLANK
    yield "address_since", era(date(2015, 6, 1))
    yield "former_surname", BLANK
    yield "notified_on", era(date(2015, 6, 2))
    yield "born", era(who.born)
    yield "sex", "女" if who.place % 2 else "男"
    if Option.RELATIONSHIP in options:
        yield "relationship", who.relationship
    if Option.DOMICILE in options:
        yield "koseki_head", people_of(who.house)[0].name[0]
        yield "domicile", domicile_of(who.house, home.revision)
    yield "previous_address", came_from(who.house, home.revision)
    for slot in range(1, 5):
        yield f"slot{slot}", UNUSED
    yield "remarks", remarks_of(who, home.revision)
