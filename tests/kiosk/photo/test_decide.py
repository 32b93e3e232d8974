"""Gates advise, the clerk decides, an exception has its category; too dark and not to be cut out are never waived."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.photo.crop import CantCrop, Crop
from kiosk.photo.decide import Accepted, ClerkSays, NotTaken, Refused, Source, decide
from kiosk.photo.encode import Photo
from kiosk.photo.gates import LIMITS, Gate, Judgement, Reading
from koufu.photo.words import NEVER_WAIVED, ExceptionCategory, PhotoException, PhotoFinding

PHOTO = Photo(b"a file", 490, 630)
CROP = Crop(0, 0, 490, 630, 34, 4)
RELIGION = PhotoException(ExceptionCategory.RELIGION, "ヒジャブを着用")


def judgement(*failing: Gate) -> Judgement:
    """Every gate passes but these."""
    readings = (
        Reading(gate, LIMITS[gate].most + 1 if gate in (Gate.FACES, *UPPER) else LIMITS[gate].least - 1)
        if gate in failing
        else Reading(gate, LIMITS[gate].least)
        for gate in Gate
    )
    return Judgement(None, CantCrop.OVER_THE_EDGE if Gate.CUT in failing else CROP, tuple(readings))


UPPER = (Gate.TILT, Gate.TURN, Gate.GLARE, Gate.BACKGROUND)


def decided(seen: Judgement, clerk: ClerkSays, photo: Photo | None = PHOTO) -> Accepted | Refused:
    return decide(seen, photo, Source.CAMERA, clerk, wanted=True)


def test_a_good_photo_is_accepted_without_a_word() -> None:
    assert decided(judgement(), ClerkSays()) == Accepted(PHOTO, Source.CAMERA, (), (), None)


def test_under_one_year_there_is_no_photo_however_good() -> None:
    refused = decide(judgement(), PHOTO, Source.SCANNED_PRINT, ClerkSays(), wanted=False)
    assert refused == Refused(NotTaken.NO_PHOTO_WANTED)


def test_a_finding_needs_an_exception() -> None:
    seen = judgement(Gate.BACKGROUND)
    assert decided(seen, ClerkSays()) == Refused(NotTaken.NEEDS_EXCEPTION, (PhotoFinding.BACKGROUND,))
    bed = PhotoException(ExceptionCategory.BEDRIDDEN, "寝たきり")
    assert decided(seen, ClerkSays(exception=bed)) == Accepted(
        PHOTO, Source.CAMERA, (PhotoFinding.BACKGROUND,), (), bed
    )


def test_the_clerk_may_find_a_gate_wrong_and_that_is_kept() -> None:
    seen = judgement(Gate.BACKGROUND, Gate.FACES)
    clerk = ClerkSays(wrong=frozenset({Gate.BACKGROUND, Gate.TILT}))
    assert decided(seen, clerk) == Accepted(PHOTO, Source.CAMERA, (), (Gate.BACKGROUND,), None)


def test_what_the_clerk_sees_counts_though_no_gate_saw_it() -> None:
    hijab = frozenset({PhotoFinding.HEADWEAR})
    assert decided(judgement(), ClerkSays(sees=hijab)) == Refused(NotTaken.NEEDS_EXCEPTION, (PhotoFinding.HEADWEAR,))
    accepted = decided(judgement(), ClerkSays(sees=hijab, exception=RELIGION))
    assert isinstance(accepted, Accepted)
    assert accepted.exception is RELIGION


def test_an_exception_that_excuses_nothing_is_not_sent() -> None:
    accepted = decided(judgement(), ClerkSays(exception=RELIGION))
    assert isinstance(accepted, Accepted)
    assert accepted.exception is None


@pytest.mark.parametrize(("category", "gate"), product(ExceptionCategory, (Gate.LIGHT, Gate.CUT)))
def test_too_dark_and_not_to_be_cut_are_never_waived(category: ExceptionCategory, gate: Gate) -> None:
    clerk = ClerkSays(wrong=frozenset(Gate), exception=PhotoException(category, "理由"))
    refused = decided(judgement(gate), clerk)
    assert isinstance(refused, Refused)
    assert refused.reason is NotTaken.NEVER_WAIVED
    assert set(refused.findings) <= NEVER_WAIVED


def test_a_clerk_can_call_a_photo_too_dark() -> None:
    clerk = ClerkSays(sees=frozenset({PhotoFinding.TOO_DARK}), exception=RELIGION)
    assert decided(judgement(), clerk) == Refused(NotTaken.NEVER_WAIVED, (PhotoFinding.TOO_DARK,))


def test_without_a_file_nothing_is_accepted() -> None:
    assert decided(judgement(), ClerkSays(exception=RELIGION), None) == Refused(
        NotTaken.NEVER_WAIVED, (PhotoFinding.CANT_CROP,)
    )


@given(
    st.frozensets(st.sampled_from(Gate)),
    st.frozensets(st.sampled_from(Gate)),
    st.frozensets(st.sampled_from(PhotoFinding)),
    st.sampled_from([None, RELIGION]),
    st.sampled_from([None, PHOTO]),
    st.booleans(),
)
def test_whatever_is_said_the_rules_hold(
    failing: frozenset[Gate],
    wrong: frozenset[Gate],
    sees: frozenset[PhotoFinding],
    exception: PhotoException | None,
    photo: Photo | None,
    wanted: bool,
) -> None:
    outcome = decide(judgement(*failing), photo, Source.CAMERA, ClerkSays(wrong, sees, exception), wanted=wanted)
    if isinstance(outcome, Accepted):
        assert wanted
        assert photo is not None
        assert not failing & {Gate.LIGHT, Gate.CUT}
        assert not sees & NEVER_WAIVED
        assert set(outcome.findings) >= sees
        assert bool(outcome.findings) is (outcome.exception is not None)
        assert set(outcome.overruled) == failing & wrong
