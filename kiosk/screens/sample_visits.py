"""A municipality that does not exist, what it offers, and residents in the middle of their visits: the data of
`kiosk.screens.samples`. Nothing of it is ever served."""

from dataclasses import replace
from datetime import date, datetime

from hardware.card.model import CardFacts, CardKind
from kiosk.flow.claims import Claims, EnrolmentField
from kiosk.flow.state import Visit
from kiosk.flow.values.board import Board, BoardRow, Closure, Municipality, RefusalText, Window
from kiosk.flow.values.offer import Advice, Matter, Member, Offer, OfferedKind, Purpose, Suggestion
from kiosk.flow.values.order import Line, Sheet
from kiosk.flow.values.trouble import FaultKind, FaultReport, MoneyOutcome
from kiosk.screens.site import SitePresentation, Words
from koufu.evidence.words import CertificateKind as Kind
from koufu.evidence.words import Circle, Option, RefusalReason, Scope

NOW = datetime(2026, 11, 24, 17, 40)  # noqa: DTZ001 - local time, as a panel shows it

SITE = SitePresentation(place=Words("見本中央郵便局", "Mihon Central Post Office"), headphones=True)
COUNTER = replace(SITE, separate=True)
"""The same office where a clerk takes the money."""

WINDOW = Window(
    place="見本市役所 1階 市民課",
    hours="平日 8:30～17:15",
    phone="099-000-0000",
    bring="マイナンバーカードをお持ちください。",
    place_en="Mihon City Hall, 1st floor, Citizens' Section",
    hours_en="Weekdays 8:30–17:15",
    bring_en="Please bring your My Number Card.",
)

BOARD = Board(
    municipality="990001",
    municipality_name="見本市",
    municipality_name_en="Mihon City",
    rows=(
        BoardRow(Kind.RESIDENCE, 200, True, 390, 1380, False),
        BoardRow(Kind.SEAL_REGISTRATION, 200, True, 390, 1380, False),
        BoardRow(Kind.INCOME_TAX, 200, True, 390, 1380, False),
        BoardRow(Kind.KOSEKI_SUPPLEMENT, 200, True, 390, 1380, False),
        BoardRow(Kind.KOSEKI_FULL, 350, False, 540, 1020, True),
    ),
    closure=Closure(date(2026, 12, 6), date(2026, 12, 6), "点検のため", "maintenance"),
    window=WINDOW,
)

OWN_WORDS = replace(
    BOARD,
    refusal_texts=(
        RefusalText(
            RefusalReason.UNDER_AGE,
            "十五歳未満の方の証明書は、保護者の方が、本庁舎一階の市民課窓口で、身分証を示して、お取りください。平日だけの取扱いです。",
            "For children under fifteen, a parent asks at the Citizens' Section on the 1st floor of City Hall, "
            "on weekdays, with ID.",
            "市民課の三番窓口へご案内ください。",
        ),
    ),
)
"""A municipality that says what to do in as many words as it may."""

FULL_BOARD = replace(
    BOARD,
    rows=tuple(
        BoardRow(kind, 300, place < 6, 540, 1020 + 60 * (place % 2), place >= 6) for place, kind in enumerate(Kind)
    ),
    closure=Closure(date(2026, 12, 29), date(2027, 1, 3), "年末年始のため", "New Year"),
)

BOTH = frozenset({Option.RELATIONSHIP, Option.DOMICILE})
RELATIONSHIP = frozenset({Option.RELATIONSHIP})
NOTHING: frozenset[Option] = frozenset()

PURPOSES = (
    Purpose(
        "licence",
        Suggestion(Kind.RESIDENCE, Scope.SELF, frozenset({Option.DOMICILE})),
        note="本籍の記載が必要です。個人番号は載せないでください。",
        note_en="Your registered domicile has to be shown. Leave your individual number out.",
    ),
    Purpose(
        "passport",
        Suggestion(Kind.KOSEKI_FULL, Scope.KOSEKI, NOTHING),
        Advice.PAPER_NOT_NEEDED,
        note="2025年3月から、オンライン申請では戸籍の提出を省けることが多くなりました。"
        "窓口で申請する方は全部事項証明書が必要です。",
        note_en="Since March 2025 an application online often needs no koseki paper. At a window the full entries are "
        "needed.",
    ),
    Purpose("bank", Suggestion(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING)),
    Purpose("car", Suggestion(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING)),
    Purpose("school", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("immigration", None, Advice.WINDOW_BETTER),
    Purpose("pension", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
)

MORE_PURPOSES = (
    *PURPOSES,
    Purpose("housing", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("employer", Suggestion(Kind.RESIDENCE, Scope.SELF, NOTHING)),
)

OWN_PURPOSE = Purpose(
    "own-1",
    None,
    Advice.PAPER_NOT_NEEDED,
    name="保育料の補助",
    name_en="Nursery grant",
    note="見本市の補助は、証明書なしで申し込めます。市のウェブサイトをごらんください。",
    note_en="You can apply for it without any certificate. Please see the city's website.",
)

MEMBERS = (
    Member("m1", "見本　花子", True),
    Member("m2", "見本　太郎", False),
    Member("m3", "見本　さくら", False),
)

RESIDENCE = OfferedKind(
    Kind.RESIDENCE, 200, (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS), (Option.RELATIONSHIP, Option.DOMICILE), 5, None
)
SEAL = OfferedKind(Kind.SEAL_REGISTRATION, 200, (Scope.SELF,), (), 5, None)
KOSEKI = OfferedKind(Kind.KOSEKI_FULL, 450, (Scope.KOSEKI,), (), 10, None)
KOSEKI_ONE = OfferedKind(Kind.KOSEKI_INDIVIDUAL, 450, (Scope.SELF, Scope.MEMBERS), (), 10, None)
SUPPLEMENT = OfferedKind(
    Kind.KOSEKI_SUPPLEMENT, 300, (Scope.KOSEKI, Scope.SELF, Scope.MEMBERS), (Option.DOMICILE,), 10, None
)
TAX = OfferedKind(
    Kind.INCOME_TAX,
    300,
    (Scope.SELF,),
    (),
    10,
    None,
    (
        Matter("2026", "令和8年度", "Fiscal year 2026"),
        Matter("2025", "令和7年度", "Fiscal year 2025"),
        Matter("2024", "令和6年度", "Fiscal year 2024", RefusalReason.UNDECLARED),
        Matter("2023", "令和5年度", "Fiscal year 2023", RefusalReason.NO_TAX_HERE),
    ),
)
DAMAGE = OfferedKind(
    Kind.DISASTER_VICTIM,
    0,
    (Scope.HOUSEHOLD, Scope.SELF),
    (),
    10,
    None,
    (
        Matter("d1", "令和8年9月の台風12号", "Typhoon of September 2026"),
        Matter("d2", "令和7年2月の大雪", "Snow of February 2025", RefusalReason.NO_DAMAGE),
    ),
)
MANY_OPTIONS = replace(RESIDENCE, options=tuple(Option)[:8])

NO_SEAL = replace(SEAL, refusal=RefusalReason.NO_SEAL)

OFFER = Offer("2026-11-24/1", bytes(16), 1795500000, (RESIDENCE, SEAL), MEMBERS, PURPOSES)
EVERYTHING = replace(
    OFFER,
    kinds=(MANY_OPTIONS, SEAL, TAX, KOSEKI, KOSEKI_ONE, SUPPLEMENT, DAMAGE),
    members=(
        *MEMBERS,
        *(replace(each, reference=f"k{n}", circle=Circle.KOSEKI) for n, each in enumerate(MEMBERS)),
        Member("k9", "見本　一郎", False, Circle.KOSEKI),
    ),
    purposes=(*MORE_PURPOSES, OWN_PURPOSE),
)
FACTS = CardFacts(CardKind.STANDARD, 3, None)

PENSION = Line(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP, (), 1, 200)
SEAL_LINE = Line(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING, (), 1, 200)
TAX_LINE = Line(Kind.INCOME_TAX, Scope.SELF, NOTHING, (), 1, 300, "2026")
KOSEKI_LINE = Line(Kind.KOSEKI_FULL, Scope.KOSEKI, NOTHING, (), 1, 450)
KOSEKI_ONE_LINE = Line(Kind.KOSEKI_INDIVIDUAL, Scope.MEMBERS, NOTHING, ("k1",), 2, 450)
NUMBER_LINE = Line(
    Kind.RESIDENCE, Scope.MEMBERS, frozenset({Option.RELATIONSHIP, Option.INDIVIDUAL_NUMBER}), ("m1", "m2"), 1, 200
)
FOREIGN_LINE = Line(
    Kind.RESIDENCE,
    Scope.SELF,
    frozenset({Option.NATIONALITY, Option.RESIDENCE_STATUS, Option.PERIOD_OF_STAY}),
    (),
    1,
    200,
)
DAMAGE_LINE = Line(Kind.DISASTER_VICTIM, Scope.HOUSEHOLD, NOTHING, (), 1, 0, "d1")
SHEETS = (Sheet(Kind.RESIDENCE, 1, 1), Sheet(Kind.SEAL_REGISTRATION, 1, 1))

VISIT = Visit(attempt=1, facts=FACTS, offer=OFFER, basket=(PENSION, SEAL_LINE), sheets=SHEETS, fee=400)

_SIDES = (
    ("東", "Higashi", "ひがし"),
    ("西", "Nishi", "にし"),
    ("南", "Minami", "みなみ"),
    ("北", "Kita", "きた"),
    ("中", "Naka", "なか"),
    ("上", "Kami", "かみ"),
    ("下", "Shimo", "しも"),
    ("新", "Shin", "しん"),
)
_ELSEWHERE = (
    ("見本市", "Mihon City", "みほんし", "見本県", "Mihon"),
    ("例示市", "Reiji City", "れいじし", "例示県", "Reiji"),
    *(
        (f"{sign}例示町", f"{side}-Reiji Town", f"{kana}れいじちょう", "例示県", "Reiji")
        for sign, side, kana in _SIDES[:5]
    ),
    *(
        (f"{sign}模擬市", f"{side}-Mogi City", f"{kana}もぎし", f"{sign}模擬県", f"{side}-Mogi")
        for sign, side, kana in _SIDES
    ),
)
KOSEKI_AT = tuple(
    Municipality(f"{990_000 + place:06d}", name, english, kana, prefecture, f"{prefecture_en} Prefecture")
    for place, (name, english, kana, prefecture, prefecture_en) in enumerate(_ELSEWHERE)
)

APPLYING = Visit(
    attempt=1,
    facts=FACTS,
    claims=Claims(
        (
            (EnrolmentField.DOMICILE, "れいじけんれいじしほんちょう１-２３"),
            (EnrolmentField.HEAD, "みほん　けんご"),
            (EnrolmentField.NAME, "みほん　はる"),
            (EnrolmentField.BORN, "19900228"),
            (EnrolmentField.PHONE, "099-000-0000"),
        )
    ),
)

EVERY = replace(VISIT, offer=EVERYTHING, basket=())
FREE = replace(EVERY, basket=(DAMAGE_LINE,), sheets=(Sheet(Kind.DISASTER_VICTIM, 1, 1),), fee=0)

JAM = FaultReport(FaultKind.SHEET_JAM, SHEETS, 1, MoneyOutcome.RETURNED_PART, 200, 0, "4Q7-K2M", change=600)


def many_members() -> Visit:
    """A household of six, one with a name that no line holds."""
    names = (
        "見本　花子",
        "見本　太郎",
        "見本　さくら",
        "見本　次郎",
        "見本　葛󠄀子",
        "SAMPLE MARIA CRISTINA DE LA CONCEPCION ANASTASIA BENEDICTA LOPEZ",
    )
    members = tuple(Member(f"m{n}", name, n == 0) for n, name in enumerate(names))
    return replace(VISIT, offer=replace(OFFER, members=members))


def many_kinds() -> Visit:
    """Nearly every kind there is, one of them not to be had."""
    others = tuple(OfferedKind(kind, 300, (Scope.SELF,), (), 10, None) for kind in list(Kind)[3:])
    return replace(VISIT, offer=replace(OFFER, kinds=(RESIDENCE, NO_SEAL, *others)), basket=())


def full_basket() -> Visit:
    """As many lines as one order may have."""
    lines = (NUMBER_LINE, TAX_LINE, KOSEKI_LINE, KOSEKI_ONE_LINE, replace(TAX_LINE, matter="2025", copies=3))
    return replace(EVERY, basket=lines)


def refused(reason: RefusalReason) -> Visit:
    """A certificate of residence that can't be had, and why."""
    return replace(EVERY, offer=replace(EVERYTHING, kinds=(replace(RESIDENCE, refusal=reason), SEAL, TAX)))
