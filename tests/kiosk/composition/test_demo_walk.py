"""The errands of the long demonstration. `KOUFU_DEMO=all make demo` walks them; here stands what they are."""

from kiosk.composition.demo_site import ERRAND_CARDS
from kiosk.composition.demo_walk import ERRANDS
from koufu.evidence.order import MAX_LINES
from koufu.evidence.words import CertificateKind


def test_there_is_an_errand_for_every_kind() -> None:
    assert {want.kind for errand in ERRANDS for want in errand.wants} == set(CertificateKind)


def test_every_errand_has_a_card_and_a_folder_of_its_own() -> None:
    assert {errand.card for errand in ERRANDS} <= {card.name for card in ERRAND_CARDS}
    assert len({errand.name for errand in ERRANDS}) == len(ERRANDS)
    assert all(1 <= len(errand.wants) <= MAX_LINES for errand in ERRANDS)
