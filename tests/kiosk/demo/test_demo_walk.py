"""The errands of the long demonstration. `KOUFU_DEMO=all make demo` walks them; here stands what they are."""

import pytest

from certserver.demo import neighbour
from kiosk.demo.playing.twelve_keys import keys_of
from kiosk.demo.residents.walk import ERRANDS
from kiosk.demo.stage import site as demo_site
from kiosk.demo.stage.site import ERRAND_CARDS
from koufu.evidence.order import MAX_LINES
from koufu.evidence.words import CertificateKind


def test_there_is_an_errand_for_every_kind() -> None:
    assert {want.kind for errand in ERRANDS for want in errand.wants} == set(CertificateKind)


def test_every_errand_has_a_card_and_a_folder_of_its_own() -> None:
    assert {errand.card for errand in ERRANDS} <= {card.name for card in ERRAND_CARDS}
    assert len({errand.name for errand in ERRANDS}) == len(ERRANDS)
    assert all(1 <= len(errand.wants) <= MAX_LINES for errand in ERRANDS)


def test_one_errand_goes_to_the_municipality_next_door() -> None:
    (errand,) = (errand for errand in ERRANDS if errand.elsewhere)
    assert errand.card == neighbour.APPLICANT
    assert demo_site.NEIGHBOUR == neighbour.NEIGHBOUR


@pytest.mark.parametrize(
    ("sign", "keys"),
    [
        ("よ", (7, 7, 7)),
        ("だ", (3, 10)),
        ("っ", (3, 3, 3, 10, 10)),
        ("ぱ", (5, 10, 10)),
        ("4", (3,)),
        ("-", (11,)),
        ("　", (11,)),
    ],
)
def test_a_sign_is_found_on_the_twelve_keys(sign: str, keys: tuple[int, ...]) -> None:
    assert keys_of(sign) == keys
