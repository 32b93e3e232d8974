"""The fictional koseki and supplements that documents in tests and pictures show. Nobody here exists."""

from dataclasses import replace

from certserver.registers.extracts import KosekiExtract, SupplementExtract
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, Sex
from certserver.stages import EligibleLine
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support.specimens import TSUJI, YOSHIDA, day

_TOWN, _ELSEWHERE = "見本県見本市", "見本県例示市"
_DOMICILE = f"{_TOWN}見本町一丁目２番地３"
_FAR_DOMICILE = f"{_ELSEWHERE}栄町二丁目４番地"


def event(title: str, *items: tuple[str, str | RegisterDate]) -> KosekiEvent:
    """One entry."""
    return KosekiEvent(title, tuple(item(label, said) for label, said in items))


def item(label: str, said: str | RegisterDate) -> KosekiItem:
    """One item of an entry."""
    return KosekiItem(label, said) if isinstance(said, str) else KosekiItem(label, None, said)


def _birth(born: RegisterDate, place: str, notified: RegisterDate) -> KosekiEvent:
    return event("出生", ("出生日", born), ("出生地", place), ("届出日", notified), ("届出人", "父"))


KENGO = KosekiPerson(
    person_id="k1",
    given_name="健吾",
    given_name_kana="ケンゴ",
    born=day(1972, 4, 12),
    spouse="夫",
    father=f"{TSUJI}正夫",
    mother=f"{TSUJI}節子",
    relationship="長男",
    adoptive_father=None,
    adoptive_mother=None,
    adoptive_relationship=None,
    removed=False,
    events=(
        _birth(day(1972, 4, 12), _TOWN, day(1972, 4, 18)),
        event(
            "婚姻",
            ("婚姻日", day(1996, 11, 22)),
            ("配偶者氏名", f"{YOSHIDA}美咲"),
            ("従前戸籍", f"{_DOMICILE}　{TSUJI}正夫"),
        ),
    ),
    resident_id="r1",
)
MISAKI = replace(
    KENGO,
    person_id="k2",
    given_name="美咲",
    given_name_kana="ミサキ",
    born=day(1974, 9, 3),
    spouse="妻",
    father=f"{YOSHIDA}誠",
    mother=f"{YOSHIDA}和子",
    relationship="二女",
    events=(
        _birth(day(1974, 9, 3), _ELSEWHERE, day(1974, 9, 10)),
        event(
            "婚姻",
            ("婚姻日", day(1996, 11, 22)),
            ("配偶者氏名", f"{TSUJI}健吾"),
            ("従前戸籍", f"{_FAR_DOMICILE}　{YOSHIDA}誠"),
        ),
    ),
    resident_id="r2",
)
AYAKA = replace(
    KENGO,
    person_id="k3",
    given_name="彩花",
    given_name_kana="アヤカ",
    born=day(1998, 3, 3),
    spouse=None,
    father=f"{TSUJI}健吾",
    mother=f"{TSUJI}美咲",
    relationship="長女",
    removed=True,
    events=(
        _birth(day(1998, 3, 3), _TOWN, day(1998, 3, 9)),
        event(
            "婚姻",
            ("婚姻日", day(2024, 5, 11)),
            ("配偶者氏名", "例示大輔"),
            ("送付を受けた日", day(2024, 5, 15)),
            ("受理者", f"{_ELSEWHERE}長"),
            ("新本籍", f"{_ELSEWHERE}栄町一丁目８番地"),
            ("称する氏", "夫の氏"),
        ),
    ),
    resident_id=None,
)
HARUTO = replace(
    KENGO,
    person_id="k4",
    given_name="陽翔",
    given_name_kana="ハルト",
    born=day(2012, 6, 17),
    spouse=None,
    father=f"{TSUJI}健吾",
    mother=f"{TSUJI}美咲",
    events=(_birth(day(2012, 6, 17), _TOWN, day(2012, 6, 25)),),
    resident_id="r3",
)


def _history(given_name: str, born: RegisterDate, sex: Sex, *addresses: tuple[str, RegisterDate]) -> SupplementPerson:
    return SupplementPerson(
        person_id=f"k-{given_name}",
        given_name=given_name,
        born=born,
        sex=sex,
        removed=False,
        addresses=tuple(SupplementAddress(address, since) for address, since in addresses),
    )


_ADDRESS = f"{_TOWN}本町一丁目２番３号　見本ハイツ１０１号"
_BEFORE = f"{_TOWN}見本町一丁目２番３号"
KENGO_MOVED = _history("健吾", day(1972, 4, 12), Sex.MALE, (_BEFORE, day(1996, 11, 22)), (_ADDRESS, day(2026, 3, 28)))
MISAKI_MOVED = _history("美咲", day(1974, 9, 3), Sex.FEMALE, (_BEFORE, day(1996, 11, 22)), (_ADDRESS, day(2026, 3, 28)))
AYAKA_LEFT = SupplementPerson("k3", "彩花", None, None, True, (SupplementAddress(_BEFORE, day(1998, 3, 3)),))
HARUTO_MOVED = replace(
    _history("陽翔", day(2012, 6, 17), Sex.MALE, (_BEFORE, day(2012, 6, 17)), (_ADDRESS, day(2026, 3, 28))),
    overseas_voter=_TOWN,
)

TSUJI_KOSEKI = Koseki(
    koseki_id="q1",
    domicile=_DOMICILE,
    surname=TSUJI,
    surname_kana="ツジ",
    head=f"{TSUJI}　健吾",
    events=(
        event("戸籍編製", ("編製日", day(1996, 11, 22))),
        event("氏の振り仮名", ("氏の振り仮名", "ツジ"), ("記録日", day(2025, 9, 1))),
    ),
    people=(KENGO, MISAKI, AYAKA, HARUTO),
    supplement_since=item("編製日", day(1996, 11, 22)),
    supplement=(KENGO_MOVED, MISAKI_MOVED, AYAKA_LEFT, HARUTO_MOVED),
)
"""The koseki of the reference pictures, and its supplement."""


def koseki_of(*people: KosekiPerson, koseki: Koseki = TSUJI_KOSEKI) -> Koseki:
    """The same koseki with other people."""
    return replace(koseki, people=people)


def full_line(koseki: Koseki = TSUJI_KOSEKI) -> EligibleLine:
    """An eligible line for a certificate of all entries."""
    line = OrderLine(CertificateKind.KOSEKI_FULL, Scope.KOSEKI)
    return EligibleLine(line, KosekiExtract(koseki, koseki.people, whole=True))


def individual_line(*people: KosekiPerson, koseki: Koseki = TSUJI_KOSEKI) -> EligibleLine:
    """An eligible line for a certificate of the entries of these people."""
    line = OrderLine(CertificateKind.KOSEKI_INDIVIDUAL, Scope.MEMBERS, members=("m",))
    return EligibleLine(line, KosekiExtract(koseki, people, whole=people == koseki.people))


def supplement_line(
    *options: Option, koseki: Koseki = TSUJI_KOSEKI, people: tuple[SupplementPerson, ...] | None = None
) -> EligibleLine:
    """An eligible line for a copy of the supplement, of everybody unless `people` are given."""
    line = OrderLine(CertificateKind.KOSEKI_SUPPLEMENT, Scope.KOSEKI, frozenset(options))
    shown = koseki.supplement if people is None else people
    return EligibleLine(
        line, SupplementExtract(koseki, shown, shown == koseki.supplement, Option.DOMICILE not in options)
    )
