"""What the two certificates of a koseki say, from an eligible order line: everybody recorded in it, or those who
were chosen. Pure: no layout, no clock, and no value is changed on its way (I10). Labels and order follow what is
known of the national model (戸籍法施行規則 附録第24号); where 氏の振り仮名 stands and how readings are labelled is
unconfirmed."""

from collections.abc import Iterator

from certserver.documents.column_reading import ColumnWords
from certserver.documents.columns import REMOVED, Block, ColumnDocument, Item, Row, Section, Weight, bracketed
from certserver.documents.eras import printed_full_width
from certserver.documents.model import Entry
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import KosekiExtract
from certserver.registers.koseki import Koseki, KosekiEvent, KosekiItem, KosekiPerson
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

CLAUSES = {
    CertificateKind.KOSEKI_FULL: "これは、戸籍に記録されている事項の全部を証明した書面である。",
    CertificateKind.KOSEKI_INDIVIDUAL: (
        "これは、戸籍中の一部の者について記録されている事項の全部を証明した書面である。"
    ),
}
"""Fixed for all municipalities (戸籍法施行規則 第73条, 附録第22号). Their wording is unconfirmed."""

SURNAME_READING = "氏の振り仮名"
KOSEKI_EVENTS, PERSON, PERSON_EVENTS = "戸籍事項", "戸籍に記録されている者", "身分事項"
TITLES = (
    *("戸籍編製", "戸籍改製", "戸籍再製", "戸籍消除", "転籍", SURNAME_READING, "名の振り仮名", "氏の変更", "名の変更"),
    *("出生", "婚姻", "離婚", "婚氏続称", "配偶者の死亡", "死亡", "失踪宣告", "認知", "準正", "入籍", "分籍", "除籍"),
    *(
        "養子縁組",
        "養子離縁",
        "特別養子縁組",
        "特別養子離縁",
        "縁氏続称",
        "親権",
        "未成年後見",
        "後見",
        "推定相続人廃除",
    ),
    *("帰化", "国籍取得", "国籍喪失", "国籍選択", "外国国籍喪失", "就籍", "生存配偶者の復氏", "姻族関係終了"),
    *("性別の取扱いの変更", "訂正", "更正", "消除", "移記", "追完", "記録", "文字更正", "文字関連訂正", "申出"),
)
"""What entries are usually called; a register may call one otherwise."""

DOMICILE, HEAD = "本籍", "氏名"
LABELS = (DOMICILE, HEAD, KOSEKI_EVENTS, PERSON, PERSON_EVENTS)
WORDS = ColumnWords(section=PERSON, headings=(("koseki", KOSEKI_EVENTS), ("", PERSON_EVENTS)))


def compose(line: EligibleLine, _profile: MunicipalityProfile, form: str) -> ColumnDocument:
    """What the document of an order line says in a form. Raises `IntegrityAlarm` for another extract than one of a
    koseki, or one that is not the whole koseki where all of it is certified."""
    extract, kind = line.extract, line.line.kind
    if not isinstance(extract, KosekiExtract):
        raise IntegrityAlarm("a certificate of a koseki of what is no koseki")
    if kind is CertificateKind.KOSEKI_FULL and extract.people != extract.koseki.people:
        raise IntegrityAlarm("a certificate of all entries of a koseki without all its people")
    koseki = extract.koseki
    sections = (
        Section((Block(((Item(Entry("domicile", koseki.domicile, DOMICILE), beside=True),),), label=DOMICILE),)),
        Section((Block(((Item(Entry("head", koseki.head, HEAD), Weight.HEAD, beside=True),),), label=HEAD),)),
        *_koseki_events(koseki),
        *(_person(number, person) for number, person in enumerate(extract.people, 1)),
    )
    return ColumnDocument(kind, form, sections, CLAUSES[kind])


def bracketed_text(item: KosekiItem) -> str:
    """An item with what the register calls it."""
    return f"{bracketed(item.label)}{said(item)}"


def said(item: KosekiItem) -> str:
    """What an item says, a date as a koseki prints it."""
    if item.day is not None:
        return printed_full_width(item.day)
    return item.text or ""


def _koseki_events(koseki: Koseki) -> tuple[Section, ...]:
    """戸籍事項. The reading of the surname stands here, unless an entry of its own says it."""
    events = koseki.events
    if koseki.surname_kana is not None and all(event.title != SURNAME_READING for event in events):
        events = (*events, KosekiEvent(SURNAME_READING, (KosekiItem(SURNAME_READING, koseki.surname_kana),)))
    return (Section(tuple(_events("koseki", KOSEKI_EVENTS, events))),) if events else ()


def _person(number: int, person: KosekiPerson) -> Section:
    removed = Entry(f"{number}.removed", REMOVED) if person.removed else None
    head = Block(tuple(_head_rows(number, person)), section=PERSON, removed=removed)
    return Section((head, *_events(str(number), PERSON_EVENTS, person.events)))


def _head_rows(number: int, person: KosekiPerson) -> Iterator[Row]:
    def item(name: str, label: str, text: str, weight: Weight = Weight.PLAIN) -> Item:
        return Item(Entry(f"{number}.{name}", text, label), weight)

    yield (item("name", "名", person.given_name, Weight.NAME),)
    if person.given_name_kana is not None:
        yield (item("name_kana", "名の振り仮名", person.given_name_kana),)
    born = item("born", "生年月日", printed_full_width(person.born))
    yield (born,) if person.spouse is None else (born, item("spouse", "配偶者区分", person.spouse))
    for name, label, text in (
        ("father", "父", person.father),
        ("mother", "母", person.mother),
        ("relationship", "続柄", person.relationship),
        ("adoptive_father", "養父", person.adoptive_father),
        ("adoptive_mother", "養母", person.adoptive_mother),
        ("adoptive_relationship", "続柄", person.adoptive_relationship),
    ):
        if text is not None:
            yield (item(name, label, text),)


def _events(prefix: str, heading: str, events: tuple[KosekiEvent, ...]) -> Iterator[Block]:
    """Entries with their items, numbered from 1; the heading stands above the first."""
    for number, event in enumerate(events, 1):
        name = f"{prefix}.{number}"
        yield Block(
            rows=tuple((Item(Entry(f"{name}.{at}", bracketed_text(item))),) for at, item in enumerate(event.items, 1)),
            heading=heading if number == 1 else "",
            title=Entry(f"{name}.title", event.title),
        )
