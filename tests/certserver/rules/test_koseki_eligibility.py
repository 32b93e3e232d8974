"""Who may have which koseki paper, and who stands on it: one row for each refusal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from certserver.registers.extracts import KosekiExtract, SupplementExtract
from certserver.registers.koseki import Koseki, KosekiSnapshot
from certserver.registers.model import HouseholdSnapshot, PrintedAddress, Withholding
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.eligibility import kind_refusal, status_of
from certserver.rules.ordering import eligible_lines
from certserver.rules.references import koseki_reference
from certserver.stages import Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind, RefusalReason, Scope
from tests.support.koseki import make_koseki, make_person
from tests.support.registers import make_resident
from tests.support.server_settings import EVERYTHING

TODAY = date(2026, 6, 10)
NONCE = bytes(32)
FULL, INDIVIDUAL = CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL
SUPPLEMENT = CertificateKind.KOSEKI_SUPPLEMENT
HELD = frozenset({Withholding.ISSUANCE_HOLD})

Change = Callable[[Koseki], Koseki]


def family() -> Koseki:
    """Kengo (p0) who orders, p1 who lives elsewhere, p2 who was removed."""
    whole = make_koseki("koseki", "kengo", None, None)
    gone = replace(whole.supplement[2], removed=True)
    return replace(
        whole,
        people=(*whole.people[:2], make_person("p2", removed=True)),
        supplement=(*whole.supplement[:2], gone),
    )


def snapshot(koseki: Koseki | None, orderer: str = "p0") -> RegisterSnapshot:
    person = make_resident()
    household = HouseholdSnapshot("本町", person.name, person, (person,), None)
    held = None
    if koseki is not None:
        own = next((each for each in koseki.people if each.person_id == orderer), None)
        held = KosekiSnapshot(koseki, own)
    return RegisterSnapshot("h/1", household, held)


def refusals(read: RegisterSnapshot) -> dict[CertificateKind, RefusalReason | None]:
    return {kind: kind_refusal(kind, status_of(read)) for kind in (FULL, INDIVIDUAL, SUPPLEMENT)}


def with_supplement(koseki: Koseki, at: int, *, removed: bool) -> Koseki:
    people = list(koseki.supplement)
    people[at] = replace(people[at], removed=removed)
    return replace(koseki, supplement=tuple(people))


def withheld(at: int) -> Change:
    def change(koseki: Koseki) -> Koseki:
        people = list(koseki.people)
        people[at] = replace(people[at], withholding=HELD)
        return replace(koseki, people=tuple(people))

    return change


ALL = dict.fromkeys((FULL, INDIVIDUAL, SUPPLEMENT))
ONLY_SUPPLEMENT = {FULL: None, INDIVIDUAL: None}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda koseki: koseki, ALL),
        (lambda koseki: replace(koseki, unfit=True), dict.fromkeys(ALL, RefusalReason.KOSEKI_UNFIT)),
        (lambda koseki: replace(koseki, pending=True), dict.fromkeys(ALL, RefusalReason.KOSEKI_PENDING)),
        (
            lambda koseki: replace(koseki, unfit=True, pending=True, people=koseki.people[1:]),
            dict.fromkeys(ALL, RefusalReason.NOT_RECORDED),
        ),
        (
            lambda koseki: replace(koseki, people=(make_person("p0", "kengo", removed=True),)),
            dict.fromkeys(ALL, RefusalReason.NOT_RECORDED),
        ),
        (lambda koseki: replace(koseki, supplement=()), ONLY_SUPPLEMENT | {SUPPLEMENT: RefusalReason.NOT_RECORDED}),
        (
            lambda koseki: with_supplement(koseki, 0, removed=True),
            ONLY_SUPPLEMENT | {SUPPLEMENT: RefusalReason.NOT_RECORDED},
        ),
        (withheld(1), dict.fromkeys(ALL, RefusalReason.WITHHELD)),
        (
            lambda koseki: withheld(1)(replace(koseki, unfit=True, pending=True)),
            dict.fromkeys(ALL, RefusalReason.WITHHELD),
        ),
        (withheld(2), ONLY_SUPPLEMENT | {SUPPLEMENT: RefusalReason.WITHHELD}),
    ],
)
def test_each_koseki_kind_says_why_not(change: Change, expected: dict[CertificateKind, RefusalReason | None]) -> None:
    assert refusals(snapshot(change(family()))) == expected


def test_a_koseki_kept_elsewhere_is_not_here() -> None:
    assert refusals(snapshot(None)) == dict.fromkeys(ALL, RefusalReason.NO_KOSEKI_HERE)


@pytest.mark.parametrize(
    ("where", "kept_back"),
    [
        (PrintedAddress.SUPPLEMENT, {SUPPLEMENT}),
        (PrintedAddress.TAX, TAX_KINDS),
        (PrintedAddress.DAMAGE, {CertificateKind.DISASTER_VICTIM}),
        (PrintedAddress.HOUSEHOLD, set(CertificateKind) - {FULL, INDIVIDUAL}),
    ],
)
def test_i14_a_kind_is_withheld_where_somebody_elses_protected_address_would_stand_on_it(
    where: PrintedAddress, kept_back: set[CertificateKind]
) -> None:
    read = replace(snapshot(replace(family(), pending=True)), protected=frozenset({where}))
    found = {kind for kind in CertificateKind if kind_refusal(kind, status_of(read)) is RefusalReason.WITHHELD}
    assert found == kept_back


def ordered(line: OrderLine, koseki: Koseki) -> tuple[str, ...] | Refused:
    order = Order("992011", "kiosk-1", bytes(16), NONCE, (line,), EVERYTHING.version, 300, "standard", 1)
    judged = eligible_lines(order, EVERYTHING, snapshot(koseki), NONCE, TODAY)
    if isinstance(judged, Refused):
        return judged
    extract = judged.lines[0].extract
    assert isinstance(extract, KosekiExtract | SupplementExtract)
    return tuple(person.person_id for person in extract.people)


def members(kind: CertificateKind, *people: str, nonce: bytes = NONCE) -> OrderLine:
    chosen = tuple(koseki_reference(nonce, person) for person in people)
    return OrderLine(kind, Scope.MEMBERS, members=chosen)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (OrderLine(FULL, Scope.KOSEKI), ("p0", "p1", "p2")),
        (OrderLine(INDIVIDUAL, Scope.SELF), ("p0",)),
        (members(INDIVIDUAL, "p1", "p0"), ("p0", "p1")),
        (members(INDIVIDUAL, "p2"), Refused(RefusalReason.NOT_OFFERED, 0)),
        (members(INDIVIDUAL, "p1", "nobody"), Refused(RefusalReason.NOT_OFFERED, 0)),
        (members(INDIVIDUAL, "p1", nonce=bytes([1] * 32)), Refused(RefusalReason.NOT_OFFERED, 0)),
        (OrderLine(SUPPLEMENT, Scope.KOSEKI), ("p0", "p1", "p2")),
        (OrderLine(SUPPLEMENT, Scope.SELF), ("p0",)),
        (members(SUPPLEMENT, "p1"), ("p1",)),
        (members(SUPPLEMENT, "p2"), Refused(RefusalReason.NOT_OFFERED, 0)),
    ],
)
def test_each_scope_of_a_koseki_shows_its_persons(line: OrderLine, expected: tuple[str, ...] | Refused) -> None:
    assert line.kind in KOSEKI_KINDS
    assert ordered(line, family()) == expected
