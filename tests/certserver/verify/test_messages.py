"""What the process that checks says is read like everything else from outside: a hostile picture may have taken it
over."""

import json
from dataclasses import replace

import pytest

from certserver.verify.check import Checked
from certserver.verify.compare import Difference, Poor
from certserver.verify.expected import Area
from certserver.verify.faces import FaceChecked, FaceShown, NotCompared
from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen
from certserver.verify.judge import Doubt, Findings, Reason, Verdict
from certserver.verify.messages import read_checked, write_checked, write_unreadable
from certserver.verify.pictures import UnreadablePicture
from tests.support import sheets

pytestmark = pytest.mark.xdist_group("sheets")


def checked() -> Checked:
    document = sheets.large_household()
    doubts = (Doubt(Reason.PAGES_DIFFER, 2), Doubt(Reason.SEVERAL_DOCUMENTS))
    difference = Difference(Area(1.5, 2.0, 3.0, 4.25), 1.75, 0.5, 0.25, "1.name")
    shown = FaceShown(b"png", (b"first", b"second"))
    faces = (
        FaceChecked(
            1, None, "", (difference, replace(difference, entry=None)), GroundSeen(0.06, 0.05, 0.04, 0.007, 9000), shown
        ),
        FaceChecked(2, Poor.TOO_FAINT, "", (), NOTHING_SEEN),
        FaceChecked(2, NotCompared.FONT_MISSING, "font M0", (), NOTHING_SEEN),
    )
    findings = Findings(Verdict.BAD, document.document_no, 2, doubts, document.contents)
    return Checked(findings, faces)


def test_what_was_found_out_comes_through_whole() -> None:
    assert read_checked(write_checked(checked())) == checked()


def test_what_can_not_be_looked_at_comes_through() -> None:
    with pytest.raises(UnreadablePicture, match="too large"):
        read_checked(write_unreadable("too large"))


@pytest.mark.parametrize(
    "change",
    [
        *({"verdict": "genuine"}, {"contents": ["AAAA"]}, {"contents": 7}, {"doubts": [["no-such", None]]}),
        *({"doubts": [["no-face", -1]]}, {"faces": [{}]}, {"faces": None}),
    ],
)
def test_whatever_else_is_said_is_no_answer(change: dict[str, object]) -> None:
    told = json.loads(write_checked(checked()))
    with pytest.raises(ValueError, match="did not answer"):
        read_checked(json.dumps(told | change).encode())


@pytest.mark.parametrize("message", [b"", b"{", b"null", b"[]", b"[" * 100_000, b"\xff", b'{"faces": []}'])
def test_garbage_is_no_answer(message: bytes) -> None:
    with pytest.raises(ValueError, match="did not answer"):
        read_checked(message)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "1", None, [1]])
def test_a_measure_is_a_number(value: object) -> None:
    told = json.loads(write_checked(checked()))
    told["faces"][0]["differences"][0][4] = value
    with pytest.raises(ValueError, match="did not answer"):
        read_checked(json.dumps(told).encode())
