"""Whatever is ordered by whomever: no document prints the address of a person under a protective measure or a hold
(I14), over families made by chance, with koseki, supplement, taxes and damages."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product

from certserver.demo.chance import Dice, SeededSource
from certserver.documents.forms import compose, forms_of
from certserver.registers.extracts import KosekiExtract, SupplementExtract
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.offer import OwnChoices, own_choices
from certserver.rules.ordering import eligible_lines
from certserver.rules.references import koseki_reference, member_reference
from certserver.stages import EligibleLine, Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import KOSEKI_KINDS, CertificateKind, RefusalReason, Scope, has_matter
from tests.support.generated_registers import generate, texts_of
from tests.support.server_settings import EVERYTHING
from tests.support.specimens import PROFILE

FAMILIES = int(os.environ.get("KOUFU_FAMILIES", "300"))
"""`make fuzz` asks for 10,000."""
TODAY = date(2026, 6, 10)
NONCE = bytes(32)


def lines(snapshot: RegisterSnapshot, own: OwnChoices) -> Iterator[OrderLine]:
    """A line of a kind for each scope, about each matter, with all options; chosen members are all that there are."""
    household, held = snapshot.household, snapshot.koseki
    assert household is not None
    people = [member_reference(NONCE, member.resident_id) for member in household.present]
    if own.kind in KOSEKI_KINDS:
        recorded = () if held is None else held.koseki.people
        people = [koseki_reference(NONCE, person.person_id) for person in recorded if not person.removed]
    matters = [matter.reference for matter in own.matters] if has_matter(own.kind) else [""]
    for scope, matter in product(own.scopes, matters):
        members = tuple(people) if scope is Scope.MEMBERS else ()
        if members or scope is not Scope.MEMBERS:
            yield OrderLine(own.kind, scope, frozenset(own.options), members=members, matter=matter)


def ordered(snapshot: RegisterSnapshot, line: OrderLine) -> EligibleLine | RefusalReason:
    order = Order("992011", "kiosk-1", bytes(16), NONCE, (line,), EVERYTHING.version, 300, "standard", 1)
    judged = eligible_lines(order, EVERYTHING, snapshot, NONCE, TODAY)
    return judged.reason if isinstance(judged, Refused) else judged.lines[0]


def printed(line: EligibleLine) -> frozenset[str]:
    """Every text of a document; of a kind without a form yet, of the persons it would show."""
    if forms_of(line.line.kind):
        return frozenset(texts_of(compose(line, PROFILE)))
    assert isinstance(line.extract, KosekiExtract | SupplementExtract)
    return frozenset(texts_of(line.extract.people))


def test_i14_no_order_prints_a_protected_address() -> None:
    dice = Dice(SeededSource("protected addresses"))
    issued: Counter[CertificateKind] = Counter()
    refused: Counter[RefusalReason] = Counter()
    for number in range(FAMILIES):
        family = generate(dice, number)
        for kind in EVERYTHING.kinds:
            own = own_choices(kind, family.snapshot, NONCE, TODAY)
            for line in lines(family.snapshot, own):
                judged = ordered(family.snapshot, line)
                if isinstance(judged, RefusalReason):
                    refused[judged] += 1
                    continue
                issued[line.kind] += 1
                if family.hidden:
                    found = [text for text in printed(judged) for hidden in family.hidden if hidden in text]
                    assert not found, f"family {number}: {line.kind.value} prints {found}"
    assert set(issued) == set(CertificateKind), "the test would see nothing"
    assert refused[RefusalReason.WITHHELD] > FAMILIES
