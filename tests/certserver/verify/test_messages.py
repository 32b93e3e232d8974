"""What the process that checks says is read like everything else from outside: a hostile picture may have taken it
over. Nothing that is signed rests on its word."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certserver.verify.answers import Content, Trouble, answers, nothing_said
from certserver.verify.check import Checked, Part, SideRead
from certserver.verify.compare import Difference, Poor
from certserver.verify.expected import Area
from certserver.verify.faces import FaceChecked, FaceShown, NotCompared
from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen
from certserver.verify.judge import Reason, Verdict, trusted
from certserver.verify.messages import Hearing, write_parts, write_unreadable
from certserver.verify.pictures import UnreadablePicture
from certserver.verify.report import as_words
from certserver.verify.symbols import symbols_in
from certserver.verify.words import Tongue
from koufu.ground.profiles import USUAL
from tests.support import sheets
from tests.support.specimens import ISSUED_AT, KEY

pytestmark = pytest.mark.xdist_group("sheets")

KEYS = trusted([KEY.raw_public_key])
PNG = b"\x89PNG\r\n\x1a\n"


@cache
def sides() -> tuple[SideRead, ...]:
    """Face, back, face, back."""
    return tuple(SideRead(symbols_in(side)) for side in sheets.sides(sheets.large_household().file))


@pytest.fixture(autouse=True, scope="module")
def drawn() -> None:
    """Before any time is taken of what is said about them."""
    sides()


def faces() -> tuple[FaceChecked, ...]:
    difference = Difference(Area(1.5, 2.0, 3.0, 4.25), 1.75, 0.5, 0.25, "1.name")
    shown = FaceShown(PNG + b"whole", (PNG + b"first", PNG + b"second"))
    ground = GroundSeen(0.06, 0.05, 0.04, 0.007, 9000, True)
    return (
        FaceChecked(1, None, "", (difference, replace(difference, entry=None)), ground, shown),
        FaceChecked(2, Poor.TOO_FAINT, "", (), NOTHING_SEEN),
        FaceChecked(2, NotCompared.FONT_MISSING, "font M0", (), NOTHING_SEEN),
    )


def written(*parts: Part) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write_parts(parts)]


def heard(told: Sequence[object]) -> Checked:
    hearing = Hearing(KEYS)
    for line in told:
        hearing.take(json.dumps(line).encode())
    return hearing.checked()


def test_what_was_found_out_comes_through_whole() -> None:
    checked = heard(written(*sides(), *faces()))
    assert checked.faces == faces()
    assert checked.findings.contents == sheets.large_household().contents
    assert (checked.findings.verdict, checked.findings.doubts) == (Verdict.GOOD, ())


def test_what_can_not_be_looked_at_comes_through() -> None:
    with pytest.raises(UnreadablePicture, match=r"^too large\?\[2J$"):
        Hearing(KEYS).take(write_unreadable("too large\x1b[2J"))


def test_whoever_took_it_over_can_not_say_what_nobody_signed() -> None:
    face, back, _, second_back = sides()
    good = FaceChecked(1, None, "", (), GroundSeen.of(USUAL, 0.036, 0.036, 20_000))
    # It says that all is well, of a face that belongs to no back, of a back of an unknown key, and of half a document.
    with pytest.raises(ValueError, match="no signed page"):
        heard(written(face, good))
    hearing = Hearing(trusted([]))
    for line in write_parts((face, back)):
        hearing.take(line)
    assert answers(hearing.checked()).content is Content.UNKNOWN_SIGNER
    half = answers(heard(written(face, back, good)))
    assert half.content is not Content.AS_ISSUED
    assert Reason.PAGE_MISSING in {told.why for told in half.causes}
    turned = SideRead(tuple(bytes((*symbol[:-9], symbol[-9] ^ 1, *symbol[-8:])) for symbol in back.symbols))
    assert heard(written(face, turned, second_back)).findings.verdict is not Verdict.GOOD
    mixed = SideRead((*back.symbols, *second_back.symbols))
    assert heard(written(face, mixed)).findings.contents == ()


def test_each_signed_page_counts_once_however_often_it_is_shown() -> None:
    hearing = Hearing(KEYS)
    for line in write_parts((*sides(), *sides())):
        hearing.take(line)
    assert len(hearing.signed) == 2
    hearing = Hearing(trusted([]))
    for line in write_parts(sides()):
        hearing.take(line)
    assert len(hearing.signed) == 0


@pytest.mark.parametrize(
    "change",
    [
        *({"page": 0}, {"page": 100}, {"page": True}, {"page": None}, {"problem": "genuine"}, {"detail": 7}),
        *(
            {"detail": "\x1b[31m"},
            {"detail": "a" * 201},
            *({"ground": [0.1, 0.1, 0.1, 0.01, pixels, True]} for pixels in (0.5, 10**10)),
            {"ground": [0.1, 0.1, 9]},
        ),
        *({"differences": [[1, 2, 3, 4, 1, 1, 1, None]] * 51}, {"differences": [[1, 2, 3, 4, 1, 1, 1]]}),
        *({"shown": {"framed": "AAAA", "closeups": []}}, {"shown": {"framed": "?", "closeups": []}}),
    ],
)
def test_what_a_check_does_not_write_of_a_face_is_no_answer(change: dict[str, object]) -> None:
    told = written(*sides(), *faces())
    told[4] = {"face": told[4]["face"] | change}
    with pytest.raises(ValueError, match="did not answer"):
        heard(told)


@pytest.mark.parametrize("entry", ["\x1b]0;title\x07", "a" * 65, 7, True, ["1.name"], "\u202e", "\u009b31m"])
def test_the_name_of_an_entry_is_short_and_can_be_printed(entry: object) -> None:
    told = written(*sides(), *faces())
    told[4]["face"]["differences"][0][7] = entry
    with pytest.raises(ValueError, match="did not answer"):
        heard(told)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e7, 10**400, "1", None, True, [1]])
def test_a_measure_is_a_number(value: object) -> None:
    told = written(*sides(), *faces())
    told[4]["face"]["differences"][0][4] = value
    with pytest.raises(ValueError, match="did not answer"):
        heard(told)


@pytest.mark.parametrize(
    "line", [b"", b"{", b"null", b"[]", b"{}", b"[" * 100_000, b"\xff", b'{"side": 7}', b'{"side": ["?"]}', b'{"a": 1}']
)
def test_garbage_is_no_answer(line: bytes) -> None:
    with pytest.raises(ValueError, match="did not answer"):
        Hearing(KEYS).take(line)


def test_an_answer_has_an_end_and_nothing_behind_it() -> None:
    told = written(*sides())
    with pytest.raises(ValueError, match="to the end"):
        heard(told[:-1])
    with pytest.raises(ValueError, match="did not answer"):
        heard([*told, told[0]])
    with pytest.raises(ValueError, match="did not answer"):
        heard([told[0]] * 1000)


ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80) | st.sampled_from(["", "1.name"])
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@cache
def whole() -> str:
    """An answer as it is written. Made once: drawing sheets takes longer than hypothesis waits."""
    return json.dumps(written(*sides(), *faces()))


@st.composite
def mutated(draw: st.DrawFn) -> list[Any]:
    """An answer with something else in a place or two, at any depth."""
    told: list[Any] = json.loads(whole())
    for _ in range(draw(st.integers(1, 2))):
        inside: Any = told
        while True:
            places = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            at = draw(st.sampled_from(places)) if places else None
            if at is None:
                break
            deeper = inside[at]
            if isinstance(deeper, list | dict) and deeper and draw(st.integers(0, 5)):
                inside = deeper
                continue
            if draw(st.booleans()):
                inside[at] = draw(JSON)
            elif isinstance(inside, list):
                inside.insert(at, inside[draw(st.sampled_from(places))])
            else:
                del inside[at]
            break
    return told


def printable(text: str) -> bool:
    """No character of it steers a terminal or turns what stands around it."""
    return not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") for each in text)


@pytest.fixture(scope="module")
def said_once() -> None:
    """The answer that is changed is worked out before it is: that takes longer than hypothesis lets drawing take."""
    whole()


@pytest.mark.usefixtures("said_once")
@given(mutated())
def test_whatever_is_said_can_be_printed_or_is_no_answer(told: list[Any]) -> None:
    try:
        said = answers(heard(told))
    except UnreadablePicture as error:
        said = nothing_said(Trouble.UNREADABLE_PICTURE, str(error))
    except ValueError:
        return
    for tongue in Tongue:
        assert all(printable(line) for line in as_words(said, {}, ISSUED_AT, tongue, fields=True))
