"""Papers of an office: what is done before its first day, what it posts, and where it sends people."""

from dataclasses import replace
from datetime import date

import pytest

from certserver.applications.permissions import NotHere, Site, SiteKind
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.applications.readiness import STEPS, Step
from certserver.papers import words_en
from certserver.papers.guidance_form import FREE_DIAL, MOST_PLACES
from certserver.papers.kinds import PaperLanguage
from certserver.papers.model import NoticePaper, ReadinessPaper
from certserver.papers.press import DrawnPaper, Undrawable, Unfit
from certserver.papers.words import LEVELS, PROCEDURES, SITES, WHY_NOT_HERE
from certserver.papers.words import STEPS as STEP_WORDS
from tests.support.papers import DAY, TOWN, commission, guidance, press, said_on, undrawable

COUNTER = Site(SiteKind.MUNICIPAL_COUNTER, "", "990001")
OFFICE = Site(SiteKind.POST_OFFICE, "見本本町郵便局", "990001")
IN_ORDER = (Step.TALKS, Step.CONSENT, Step.RESOLUTION, Step.CONTRACT, Step.EQUIPMENT, Step.TRAINING, Step.TEST)


def readiness(place: Place, done: dict[Step, date]) -> ReadinessPaper:
    return ReadinessPaper(TOWN, DAY, "見本本町郵便局", place, done)


def test_every_word_has_a_text() -> None:
    assert set(PROCEDURES) == set(Procedure)
    assert set(SITES) == set(SiteKind)
    assert set(WHY_NOT_HERE) == set(NotHere)
    assert set(STEP_WORDS) == set(Step)
    assert set(LEVELS) == POST_OFFICE_PLACES


@pytest.mark.parametrize("place", [place for place in Place if place in POST_OFFICE_PLACES])
def test_a_checklist_has_the_steps_of_its_level(place: Place) -> None:
    said = said_on(readiness(place, {}))
    for row in STEPS:
        assert (STEP_WORDS[row.step][1] in said) is (place in row.places), row.step
    assert LEVELS[place] in said


def test_a_checklist_tells_what_is_left_and_what_came_too_early() -> None:
    done = {step: date(2026, 1, 1 + at) for at, step in enumerate(IN_ORDER[:3])} | {Step.TEST: date(2026, 1, 2)}
    said = said_on(readiness(Place.POST_OFFICE_INTAKE, done))
    assert "残り6段階です。" in said
    assert "令和8年1月3日" in said
    assert said.count("やり直し") == 2  # in its row, and where the word is explained


def test_a_checklist_tells_when_all_is_done() -> None:
    every = (*IN_ORDER, Step.NOTICE, Step.START)
    done = {step: date(2026, 1, 1 + at) for at, step in enumerate(every)}
    assert "すべての段階を終えました" in said_on(readiness(Place.POST_OFFICE_INTAKE, done))


def test_what_is_posted_says_what_for_whom_since_when_and_by_what() -> None:
    said = said_on(NoticePaper(TOWN, DAY, commission()))
    for told in (
        *("見本本町郵便局", "電子証明書の発行", "電子証明書の更新", "暗証番号の変更", "令和8年4月1日から"),
        *("見本市に住民登録がある、ご本人", "議案第12号", "契約第3号", "平成13年法律第120号", "見本市長見本太郎"),
        "取り扱っていません",
    ):
        assert told in said, told
    assert said.index("電子証明書の発行") < said.index("電子証明書の更新") < said.index("暗証番号の変更")


def test_what_is_posted_holds_as_many_procedures_as_an_office_can_have() -> None:
    every = (
        *(Procedure.X509_ISSUE, Procedure.X509_RENEWAL, Procedure.PIN_CHANGE, Procedure.PIN_RESET),
        Procedure.LOSS_REPORT,
    )
    office = "見本本町二丁目ショッピングセンター内簡易郵便局"
    said = said_on(NoticePaper(TOWN, DAY, commission(Place.POST_OFFICE_X509, office, *every)))
    assert all(PROCEDURES[each] in said for each in every)


def test_i10_an_office_whose_name_has_no_glyph_is_no_notice() -> None:
    paper = NoticePaper(TOWN, DAY, commission(office="見本\U000f0000局"))
    assert undrawable(paper) == Undrawable(Unfit.MISSING, ("office",))


def test_where_to_go_names_the_places_and_a_number_to_call() -> None:
    said = said_on(guidance(COUNTER, OFFICE))
    for told in ("特急発行", "ここではできません", TOWN.place.replace(" ", ""), TOWN.phone, OFFICE.name, FREE_DIAL):
        assert told in said, told
    assert said.index(TOWN.phone) < said.index(OFFICE.name)


def test_where_to_go_in_english() -> None:
    paper = replace(guidance(COUNTER, OFFICE), language=PaperLanguage.ENGLISH)
    said = said_on(paper)
    for told in ("Whereto", "expressissuance", "".join(TOWN.place_en.split()), TOWN.phone, OFFICE.name, FREE_DIAL):
        assert told in said, told
    assert set(words_en.PROCEDURES) == set(Procedure)
    assert set(words_en.SITES) == set(SiteKind)
    assert set(words_en.WHY_NOT_HERE) == set(NotHere)


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("reason", NotHere)
@pytest.mark.parametrize("places", [0, 1, MOST_PLACES, MOST_PLACES + 3])
def test_where_to_go_can_always_be_printed(reason: NotHere, places: int, language: PaperLanguage) -> None:
    paper = replace(guidance(*(OFFICE for _ in range(places)), reason=reason), language=language)
    assert isinstance(press().draw(paper), DrawnPaper)
    said = said_on(paper)
    why = (WHY_NOT_HERE if language is PaperLanguage.JAPANESE else words_en.WHY_NOT_HERE)[reason]
    assert "".join(why.split()) in said
    assert ("ほかに3か所" in said or "3moreplaces" in said) is (places > MOST_PLACES)
