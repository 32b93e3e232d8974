"""Whether a sheet looks like a copy, from its ground. A few modelled pictures; `tests.benchmarks.paper_copies` takes
hundreds."""

import pytest

from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen, Look
from tests.benchmarks.paper_copies import look_of, measured
from tests.support.paper_model import Capture

pytestmark = pytest.mark.xdist_group("sheets")


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_no_copy_looks_original(seed: int) -> None:
    """Of a nominal, a heavy and a weak printer."""
    assert look_of(measured(seed, Capture.PHOTOCOPY)) is (Look.CANT_TELL if seed == 3 else Look.COPY)


@pytest.mark.parametrize(("seed", "capture"), [(0, Capture.PHOTO), (4, Capture.SCAN_200), (5, Capture.SCAN_300)])
def test_a_sheet_looks_original(seed: int, capture: Capture) -> None:
    assert look_of(measured(seed, capture)) is Look.ORIGINAL


def test_where_too_little_is_seen_nothing_is_said() -> None:
    assert NOTHING_SEEN.look() is Look.CANT_TELL
    assert GroundSeen(0.06, 0.06, 500).look() is Look.CANT_TELL
    assert GroundSeen(0.0, 0.0, 50_000).look() is Look.CANT_TELL
    assert GroundSeen(0.001, 0.0, 50_000).look() is Look.CANT_TELL


@pytest.mark.parametrize(
    ("message", "background", "look"),
    [
        (0.062, 0.062, Look.ORIGINAL),
        (0.080, 0.087, Look.ORIGINAL),
        (0.0315, 0.0055, Look.CANT_TELL),
        (0.098, 0.0887, Look.CANT_TELL),
        (0.0639, 0.0186, Look.COPY),
        (0.0434, 0.0, Look.COPY),
    ],
)
def test_a_message_that_shows_is_a_copys_only_beside_a_ground_that_went(
    message: float, background: float, look: Look
) -> None:
    """A weak printer shows the message on the sheet itself: nothing to accuse its holder of."""
    assert GroundSeen(message, background, 20_000).look() is look
