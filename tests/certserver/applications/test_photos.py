"""Photos: what a file must measure, which reasons bring a picture before a person, and what nothing excuses."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.applications.photo_measures import (
    PHOTO_GUIDE,
    PHOTO_ON_CARD,
    PHOTO_PAPER,
    PhotoFile,
    PhotoGate,
    file_gates,
    recent_enough,
    wants_photo,
)
from certserver.applications.photos import (
    CHANNELS,
    PhotoChannel,
    PhotoOutcome,
    PhotoVerdict,
    judge_photo,
)
from koufu.photo.words import NEVER_WAIVED, ExceptionCategory, PhotoException, PhotoFinding

TODAY = date(2026, 11, 30)
GOOD = PhotoFile("JPEG", "RGB", 700, 900, 400_000)


def test_a_good_file_has_nothing_wrong() -> None:
    assert file_gates(GOOD) == ()


@pytest.mark.parametrize(
    ("photo", "gates"),
    [
        (replace(GOOD, format="PNG"), (PhotoGate.NOT_JPEG,)),
        (replace(GOOD, mode="CMYK"), (PhotoGate.NOT_RGB,)),
        (replace(GOOD, mode="L"), (PhotoGate.NOT_RGB,)),
        (replace(GOOD, size=20 * 1024 - 1), (PhotoGate.TOO_FEW_BYTES,)),
        (replace(GOOD, size=20 * 1024), ()),
        (replace(GOOD, size=7_000_000), ()),
        (replace(GOOD, size=7_000_001), (PhotoGate.TOO_MANY_BYTES,)),
        (replace(GOOD, width=479), (PhotoGate.TOO_FEW_PIXELS,)),
        (replace(GOOD, width=480), ()),
        (replace(GOOD, height=479), (PhotoGate.TOO_FEW_PIXELS,)),
        (replace(GOOD, height=6000), ()),
        (replace(GOOD, height=6001), (PhotoGate.TOO_MANY_PIXELS,)),
        (replace(GOOD, width=479, height=6001), (PhotoGate.TOO_FEW_PIXELS, PhotoGate.TOO_MANY_PIXELS)),
    ],
)
def test_each_bound_of_a_file(photo: PhotoFile, gates: tuple[PhotoGate, ...]) -> None:
    assert file_gates(photo) == gates


def test_paper_and_card_have_one_shape() -> None:
    assert (PHOTO_PAPER.width_mm, PHOTO_PAPER.height_mm) == (35, 45)
    on_paper = PHOTO_PAPER.width_mm / PHOTO_PAPER.height_mm
    assert PHOTO_ON_CARD.width_mm / PHOTO_ON_CARD.height_mm == pytest.approx(on_paper, abs=0.03)
    assert PHOTO_GUIDE.head_mm[1] + PHOTO_GUIDE.top_margin_mm[1] < PHOTO_PAPER.height_mm


@pytest.mark.parametrize(
    ("taken", "fits"),
    [
        (date(2026, 5, 29), False),
        (date(2026, 5, 30), True),
        (date(2026, 5, 31), True),
        (TODAY, True),
        (date(2026, 12, 1), False),  # tomorrow
        (date(2025, 12, 31), False),
    ],
)
def test_a_photo_is_of_the_last_six_months(taken: date, fits: bool) -> None:
    assert recent_enough(taken, TODAY) is fits


BORN = date(2024, 6, 10)


@pytest.mark.parametrize(
    ("applied", "wanted"),
    [
        (date(2024, 12, 1), True),  # the day before the rule
        (date(2024, 12, 2), False),
        (date(2024, 12, 3), False),
        (date(2025, 6, 9), False),
        (date(2025, 6, 10), True),  # the first birthday
        (date(2025, 6, 11), True),
    ],
)
def test_no_photo_under_one_year_since_december_2024(applied: date, wanted: bool) -> None:
    assert wants_photo(BORN, applied) is wanted


CASES = [
    (ExceptionCategory.RELIGION, PhotoFinding.HEADWEAR),
    (ExceptionCategory.MEDICAL, PhotoFinding.MEDICAL_DEVICE),
    (ExceptionCategory.MEDICAL, PhotoFinding.BEDDING),
    (ExceptionCategory.MEDICAL, PhotoFinding.FACE_PARTLY_COVERED),
    (ExceptionCategory.INFANT, PhotoFinding.MOUTH_OPEN),
    (ExceptionCategory.INFANT, PhotoFinding.TONGUE_OUT),
    (ExceptionCategory.INFANT, PhotoFinding.HAND_OR_OBJECT),
    (ExceptionCategory.INFANT, PhotoFinding.WET_OR_STAINED_FACE),
    (ExceptionCategory.DISABILITY, PhotoFinding.NOT_FRONTAL),
    (ExceptionCategory.DISABILITY, PhotoFinding.GAZE),
    (ExceptionCategory.DISABILITY, PhotoFinding.FACE_PARTLY_COVERED),
    (ExceptionCategory.BEDRIDDEN, PhotoFinding.BEDDING),
]


@pytest.mark.parametrize(("category", "finding"), CASES)
def test_each_example_comes_before_a_person_with_its_reason(category: ExceptionCategory, finding: PhotoFinding) -> None:
    reason = PhotoException(category, "理由")
    assert judge_photo([finding], reason, TODAY) == PhotoVerdict(PhotoOutcome.PERSON_DECIDES, (finding,))
    assert judge_photo([finding], None, TODAY) == PhotoVerdict(PhotoOutcome.REFUSED, (finding,))


def test_what_no_example_names_comes_before_a_person_too_and_is_told_apart() -> None:
    reason = PhotoException(ExceptionCategory.RELIGION, "理由")
    verdict = judge_photo([PhotoFinding.BACKGROUND, PhotoFinding.HEADWEAR], reason, TODAY)
    assert verdict.outcome is PhotoOutcome.PERSON_DECIDES
    assert verdict.because == (PhotoFinding.HEADWEAR, PhotoFinding.BACKGROUND)
    assert verdict.unlisted == (PhotoFinding.BACKGROUND,)


@pytest.mark.parametrize("category", ExceptionCategory)
@pytest.mark.parametrize("finding", [each for each in PhotoFinding if each in NEVER_WAIVED])
def test_too_dark_or_not_to_be_cropped_is_refused_whatever_the_reason(
    category: ExceptionCategory, finding: PhotoFinding
) -> None:
    verdict = judge_photo([PhotoFinding.HEADWEAR, finding], PhotoException(category, "理由"), TODAY)
    assert verdict == PhotoVerdict(PhotoOutcome.REFUSED, (finding,))


@settings(deadline=None)
@given(st.sets(st.sampled_from(PhotoFinding)), st.none() | st.sampled_from(ExceptionCategory))
def test_a_reason_never_makes_a_photo_fit_that_would_not_be(
    findings: set[PhotoFinding], category: ExceptionCategory | None
) -> None:
    exception = None if category is None else PhotoException(category, "理由")
    outcome = judge_photo(findings, exception, TODAY).outcome
    assert (outcome is PhotoOutcome.FIT) == (not findings)
    assert (outcome is PhotoOutcome.PERSON_DECIDES) == bool(findings and category and not findings & NEVER_WAIVED)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_category_alone_is_no_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        PhotoException(ExceptionCategory.MEDICAL, reason)


def test_the_reason_stands_in_no_repr() -> None:
    assert "手術" not in repr(PhotoException(ExceptionCategory.MEDICAL, "手術のあと"))


@pytest.mark.parametrize(
    ("channel", "words"),
    [(PhotoChannel.ONLINE, "0120-95-0178"), (PhotoChannel.POST, "氏名欄"), (PhotoChannel.WINDOW, "0570-666-535")],
)
def test_how_a_reason_reaches_the_card_maker(channel: PhotoChannel, words: str) -> None:
    (row,) = [row for row in CHANNELS if row.channel is channel]
    assert words in row.how
    assert row.official
