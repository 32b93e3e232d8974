"""What a copy of a koseki's supplement (戸籍の附票の写し) says, from an eligible order line: persons with all their
addresses since it was made. Pure, and no value is changed on its way (I10). No national drawing is known: labels,
their order and the wording of what goes on are our own and unconfirmed."""

from collections.abc import Iterator

from certserver.documents.column_reading import ColumnWords
from certserver.documents.columns import REMOVED, Block, ColumnDocument, Item, Row, Section, Weight
from certserver.documents.eras import printed_full_width
from certserver.documents.koseki import bracketed_text
from certserver.documents.model import BLANK, OMITTED, Entry
from certserver.documents.residence import SEX_WORDS
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import SupplementExtract
from certserver.registers.koseki import SupplementAddress, SupplementPerson
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind, Option

PERSON = "附票に記録されている者"
ADDRESS = "住所"
DOMICILE, HEAD, SINCE = "本籍", "筆頭者", "附票"
LABELS = (DOMICILE, HEAD, SINCE, PERSON, ADDRESS)
WORDS = ColumnWords(section=PERSON, address=ADDRESS, left_out=(("domicile", DOMICILE), ("head", HEAD)))
GOES_ON = "（つづき）"
"""Behind the name where a person goes on on a further page."""


def compose(line: EligibleLine, profile: MunicipalityProfile, form: str) -> ColumnDocument:
    """What the copy of an order line says in a form. Raises `IntegrityAlarm` for another extract than one of a
    supplement, or one that names its people otherwise than was ordered."""
    extract, options = line.extract, line.line.options
    if not isinstance(extract, SupplementExtract):
        raise IntegrityAlarm("a copy of a supplement of what is none")
    if extract.named_in_full == (Option.DOMICILE in options):
        raise IntegrityAlarm("a copy of a supplement names its people otherwise than was ordered")
    sections = (
        *_head(extract),
        *(
            _person(number, person, extract, voter=Option.OVERSEAS_VOTER in options)
            for number, person in enumerate(extract.people, 1)
        ),
    )
    clause = profile.clause(CertificateKind.KOSEKI_SUPPLEMENT, whole=extract.whole)
    return ColumnDocument(CertificateKind.KOSEKI_SUPPLEMENT, form, sections, clause)


def _head(extract: SupplementExtract) -> Iterator[Section]:
    """Domicile and head, where they are shown, and since when there is this supplement."""
    koseki = extract.koseki
    shown = not extract.named_in_full
    domicile = Entry("domicile", koseki.domicile if shown else OMITTED, DOMICILE)
    head = Entry("head", koseki.head if shown else OMITTED, HEAD)
    yield Section((Block(((Item(domicile, beside=True),),), label=DOMICILE),))
    weight = Weight.HEAD if shown else Weight.PLAIN
    yield Section((Block(((Item(head, weight, beside=True),),), label=HEAD),))
    if koseki.supplement_since is not None:
        since = Entry("since", bracketed_text(koseki.supplement_since), SINCE)
        yield Section((Block(((Item(since, beside=True),),), label=SINCE),))


def _person(number: int, person: SupplementPerson, extract: SupplementExtract, *, voter: bool) -> Section:
    label = "氏名" if extract.named_in_full else "名"
    name = extract.koseki.full_name(person.given_name) if extract.named_in_full else person.given_name
    rows: list[Row] = [(Item(Entry(f"{number}.name", name, label), Weight.NAME),)]
    born = () if person.born is None else (Item(Entry(f"{number}.born", printed_full_width(person.born), "生年月日")),)
    sex = () if person.sex is None else (Item(Entry(f"{number}.sex", SEX_WORDS[person.sex], "男女の別")),)
    if born or sex:
        rows.append((*born, *sex))
    if voter and person.overseas_voter is not None:
        rows.append((Item(Entry(f"{number}.overseas_voter", person.overseas_voter, "在外選挙人名簿登録市区町村名")),))
    again = Item(Entry(f"{number}.again", f"{name}{GOES_ON}", label))
    return Section(
        (
            Block(tuple(rows), section=PERSON, removed=Entry(f"{number}.removed", REMOVED) if person.removed else None),
            *(_address(f"{number}.{at}", address) for at, address in enumerate(person.addresses, 1)),
        ),
        again=Block(((again,),), section=PERSON),
    )


def _address(prefix: str, address: SupplementAddress) -> Block:
    since = BLANK if address.since is None else printed_full_width(address.since)
    return Block(
        (
            (Item(Entry(f"{prefix}.address", address.address, ADDRESS)),),
            (Item(Entry(f"{prefix}.since", since, "住所を定めた年月日")),),
        ),
        label=ADDRESS,
    )
