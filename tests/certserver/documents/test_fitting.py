"""Long values: each step of size, width and lines, the first that fits; nothing cut, and nothing below 6 pt."""

import pytest

from certserver.documents import residence_block, residence_household_form, seal_registration_form
from certserver.documents.fitting import Field, Fitted, Step, broken, fit
from certserver.documents.typefaces import Face, Typeface
from tests.support.sheets import press
from tests.support.specimens import MARIA

FIELDS = {
    "name": residence_household_form.ROOMS.name,
    "one row": residence_household_form.ROOMS.other_name,
    "wide row": residence_household_form.ROOMS.wide,
    "narrow row": residence_household_form.ROOMS.narrow,
    "kana": residence_household_form.ROOMS.kana,
    "head": residence_block.HEAD,
    "relationship": residence_household_form.ROOMS.relationship,
    "remarks": residence_household_form.ROOMS.remarks,
    "seal name": seal_registration_form.NAME,
    "seal other name": seal_registration_form.OTHER_NAME,
    "seal address": seal_registration_form.ADDRESS,
}
STEPS = {
    "name": [
        (16, 1, 1),
        (14, 1, 1),
        (12, 1, 1),
        (10, 1, 1),
        (10, 1, 2),
        (9, 1, 2),
        (9, 0.8, 2),
        (8, 0.78, 2),
        (7, 0.9, 3),
    ],
    "one row": [(10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 0.8, 1), (7, 0.8, 1)],
    "wide row": [(10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 0.8, 1), (7, 0.8, 1)],
    "narrow row": [(10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 0.8, 1), (7, 0.8, 1)],
    "kana": [(9, 1, 1), (8, 1, 1), (8, 0.8, 1), (7, 0.8, 1), (6, 0.75, 1)],
    "head": [(11, 1, 1), (10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 0.8, 1), (6.5, 0.9, 2)],
    "relationship": [(10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 0.8, 1), (7, 0.75, 1)],
    "remarks": [(10, 1, 1), (9, 1, 1), (8, 1, 1), (8, 1, 2), (8, 0.8, 2), (7, 0.8, 2)],
    "seal name": [(18, 1, 1), (16, 1, 1), (14, 1, 1), (12, 1, 1), (12, 1, 2), (9.5, 1, 3)],
    "seal other name": [(12, 1, 1), (12, 1, 2), (9.5, 1, 3)],
    "seal address": [(14, 1, 1), (12.5, 1, 1), (11, 1, 1), (11, 1, 2), (9, 1, 3)],
}
MM_PER_POINT = 25.4 / 72


def most(field: Field, step: Step) -> int:
    """How many full-width characters fit a step of a field."""
    return int(field.width / (step.size * step.scale * MM_PER_POINT)) * step.lines


def most_before(field: Field, at: int) -> int:
    """How many fit the steps before."""
    return max((most(field, earlier) for earlier in field.steps[:at]), default=0)


CASES = [
    (name, at)
    for name, field in FIELDS.items()
    for at, step in enumerate(field.steps)
    if most(field, step) > most_before(field, at)
]
"""Steps that hold more full-width characters than those before; the others serve half-width text."""


@pytest.fixture(scope="module")
def mincho() -> Typeface:
    return press()._typefaces[Face.VALUE]


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_steps_are_these(name: str) -> None:
    assert [(step.size, step.scale, step.lines) for step in FIELDS[name].steps] == STEPS[name]


@pytest.mark.parametrize(("name", "at"), CASES)
def test_a_value_takes_the_first_step_that_fits(name: str, at: int, mincho: Typeface) -> None:
    field, step = FIELDS[name], FIELDS[name].steps[at]
    longest = most(field, step)
    fitted = fit(mincho, "字" * longest, field)
    assert fitted is not None
    assert (fitted.step.size, fitted.step.scale, len(fitted.lines)) == (step.size, step.scale, step.lines)
    assert "".join(fitted.lines) == "字" * longest


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_what_fits_no_step_is_refused(name: str, mincho: Typeface) -> None:
    field = FIELDS[name]
    longest = max(most(field, step) for step in field.steps)
    assert fit(mincho, "字" * (longest + 1), field) is None


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_nothing_is_set_below_six_points(name: str) -> None:
    assert min(step.size for step in FIELDS[name].steps) >= 6


def test_lines_break_at_full_width_spaces_first(mincho: Typeface) -> None:
    name = "ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ　ＤＥ　ＯＬＩＶＥＩＲＡ　ＳＡＮＴＯＳ"
    assert fit(mincho, name, residence_household_form.ROOMS.name) == Fitted(
        ("ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ", "ＣＯＮＣＥＩＣＡＯ　ＤＥ　ＯＬＩＶＥＩＲＡ　ＳＡＮＴＯＳ"),
        (23.0, 28.0),
        Step(9, 0.8, 2),
    )


@pytest.mark.parametrize("space", ["　", " "], ids=["full width", "plain"])
@pytest.mark.parametrize(
    ("field", "lines"), [(residence_household_form.ROOMS.name, 2), (seal_registration_form.NAME, 3)]
)
def test_i10_no_line_ends_inside_a_word_while_a_smaller_step_can_help_it(
    field: Field, lines: int, space: str, mincho: Typeface
) -> None:
    name = MARIA.name.replace("　", space)
    fitted = fit(mincho, name, field)
    assert fitted is not None
    assert len(fitted.lines) <= lines
    assert space.join(fitted.lines) == name


def test_a_word_that_is_too_long_for_every_line_is_broken_at_the_largest_step(mincho: Typeface) -> None:
    fitted = fit(mincho, "字　" + "字" * 40, residence_household_form.ROOMS.name)
    assert fitted is not None
    assert fitted.step == Step(10, 1, 2)


def test_a_break_at_a_space_is_not_taken_when_the_rest_would_not_fit(mincho: Typeface) -> None:
    assert broken(mincho, "一二　三四五六七八九", 5, 2) == ("一二　三四", "五六七八九")
    assert broken(mincho, "一二　三四五六七", 5, 2) == ("一二", "三四五六七")


def test_a_selector_is_never_parted_from_its_base(mincho: Typeface) -> None:
    name = "邉\U000e0110" * 5
    assert broken(mincho, name, 2, 3) == ("邉\U000e0110" * 2, "邉\U000e0110" * 2, "邉\U000e0110")


@pytest.mark.parametrize("mark", ["】", "、", "。"])
def test_a_line_never_begins_with_a_closing_mark(mark: str, mincho: Typeface) -> None:
    assert broken(mincho, f"一二三四{mark}五", 4, 2) == ("一二三", f"四{mark}五")


def test_what_takes_too_many_lines_does_not_fit(mincho: Typeface) -> None:
    assert broken(mincho, "一二三四五六七", 3, 2) is None
