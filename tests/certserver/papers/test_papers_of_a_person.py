"""Papers that bear somebody's name and else are filled in by hand: the notice with its parts, and who states whose
face it is."""

from dataclasses import replace
from datetime import date

import pytest

from certserver.applications.states import Role, State
from certserver.papers.kinds import PAPERS, About, PaperKind, may_be_filled
from certserver.papers.model import PROVISIONAL, Applicant
from certserver.papers.press import Undrawable, Unfit
from tests.support import sheets
from tests.support.papers import LONG, USUAL, about_somebody, drawn, said_on, undrawable

OF_SOMEBODY = [
    kind for kind, row in PAPERS.items() if row.about is About.APPLICATION and kind is not PaperKind.APPLICATION_FORM
]
FACES = [PaperKind.FACE_CARE, PaperKind.FACE_FACILITY, PaperKind.FACE_HOSPITAL, PaperKind.FACE_SUPPORT]


@pytest.mark.parametrize("kind", OF_SOMEBODY)
def test_it_bears_its_title_the_person_and_that_its_form_is_provisional(kind: PaperKind) -> None:
    said = said_on(about_somebody(kind))
    for told in (PAPERS[kind].title, "".join(USUAL["name"].split()), USUAL["address"], PROVISIONAL, "見本市長"):
        assert told in said, told


@pytest.mark.parametrize("kind", OF_SOMEBODY)
def test_a_long_name_and_address_stand_on_it_whole(kind: PaperKind) -> None:
    said = said_on(about_somebody(kind, LONG))
    for part in (*LONG["name"].split("　"), *LONG["address"].split("　")):
        assert part in said, part


@pytest.mark.parametrize("kind", OF_SOMEBODY)
def test_i10_a_character_of_no_font_is_refused(kind: PaperKind) -> None:
    told = {**USUAL, "address": "見本\U000f0000"}
    assert undrawable(about_somebody(kind, told)) == Undrawable(Unfit.MISSING, ("address",))


@pytest.mark.parametrize("kind", OF_SOMEBODY)
def test_blank_nobody_is_on_it(kind: PaperKind) -> None:
    said = said_on(replace(about_somebody(kind), applicant=Applicant()))
    assert "渡邉" not in said
    assert PAPERS[kind].title in said


def test_the_notice_has_its_parts_on_sheets_of_their_own() -> None:
    notice = about_somebody(PaperKind.DELIVERY_NOTICE)
    assert drawn(notice).sheets == 4
    for page, title in ((1, "交付通知書（兼照会書）"), (3, "回答書"), (5, "暗証番号設定依頼書"), (7, "委任状")):
        assert title in said_on(notice, page)
    assert "見本市役所1階市民課" in said_on(notice, 1)
    assert not said_on(notice, 4)


@pytest.mark.parametrize(
    ("day", "stands", "absent"),
    [
        (date(2023, 3, 30), "診断書", "妊娠している方"),
        (date(2023, 7, 31), "妊娠している方", "社会的参加を回避している方"),
        (date(2023, 8, 1), "社会的参加を回避している方", "いそがしい方"),
    ],
)
def test_who_may_send_a_proxy_is_told_as_of_the_papers_day(day: date, stands: str, absent: str) -> None:
    said = said_on(replace(about_somebody(PaperKind.DELIVERY_NOTICE), day=day), 2)
    assert stands in said
    assert absent not in said


@pytest.mark.parametrize("kind", [PaperKind.PIN_REQUEST, PaperKind.DELIVERY_NOTICE])
def test_i11_the_boxes_for_pins_are_empty(kind: PaperKind) -> None:
    page = 0 if kind is PaperKind.PIN_REQUEST else 4
    side = sheets.sides(drawn(about_somebody(kind)).file, 300)[page]
    # Inside the sixteen boxes of the signing PIN: nothing between their rules.
    row = side[round(106.5 * 300 / 25.4) : round(109 * 300 / 25.4), :]
    for box in range(16):
        left = round((25 + 7.6 * box + 1) * 300 / 25.4)
        assert row[:, left : left + 60].min() > 250, box


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        (PaperKind.FACE_HOSPITAL, ("病院長",)),
        (PaperKind.FACE_FACILITY, ("施設長",)),
        (PaperKind.FACE_CARE, ("ケアマネジャー", "所属する事業者の長")),
        (PaperKind.FACE_SUPPORT, ("公的な支援機関の職員", "支援機関の長")),
    ],
)
def test_whoever_states_it_signs_it(kind: PaperKind, states: tuple[str, ...]) -> None:
    said = said_on(about_somebody(kind))
    assert said.count("署名又は記名押印") == len(states)
    for who in states:
        assert f"証明する人：{who}" in said


@pytest.mark.parametrize(
    ("kind", "role", "state", "may"),
    [
        (PaperKind.APPLICATION_FORM, Role.HELPER, State.DRAFT, True),
        (PaperKind.APPLICATION_FORM, Role.CARD_MAKER, State.MANUFACTURING, False),
        (PaperKind.PIN_REQUEST, Role.CLERK, State.DRAFT, True),
        (PaperKind.DELIVERY_NOTICE, Role.OFFICER, State.SET_UP, True),
        (PaperKind.DELIVERY_NOTICE, Role.OFFICER, State.DRAFT, False),
        (PaperKind.DELIVERY_NOTICE, Role.CLERK, State.SET_UP, False),
        (PaperKind.LETTER_OF_ATTORNEY, Role.OFFICER, State.NOTICE_SENT, True),
        (PaperKind.FACE_CARE, Role.HELPER, State.DRAFT, False),
        (PaperKind.POSTED_NOTICE, Role.OFFICER, State.DRAFT, False),
    ],
)
def test_who_has_which_filled_in(kind: PaperKind, role: Role, state: State, may: bool) -> None:
    assert may_be_filled(kind, role, state) is may
