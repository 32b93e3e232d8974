"""What screens say aloud: enough to go through a visit without looking, and nothing of whom it is about (I11)."""

from dataclasses import replace

import pytest

from kiosk.flow import scenes
from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.gallery import LOOKS
from kiosk.screens.presenter import present

DENOMINATIONS = (1000, 500, 100, 50, 10)


def _heard(terminal: Terminal, presentation: Presentation | None = None, *, landscape: bool = False) -> str:
    shown = replace(terminal, presentation=presentation or Presentation())
    screen = present(shown, sample_visits.SITE, now=sample_visits.NOW, landscape=landscape)
    return screen.voice


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", [name for name in samples.ALL if name != "number-telling"])
def test_every_screen_speaks_in_whole_sentences(name: str, language: Language) -> None:
    said = _heard(samples.ALL[name], Presentation(language=language))
    assert said.endswith("。" if language is Language.JAPANESE else (".", "?"))
    assert "|" not in said
    assert "\n" not in said
    assert ".." not in said
    assert "。。" not in said


@pytest.mark.parametrize("name", samples.ALL)
def test_the_ear_hears_the_same_in_every_look(name: str) -> None:
    for language in Language:
        said = {
            _heard(samples.ALL[name], replace(look, language=language), landscape=landscape)
            for look in LOOKS.values()
            for landscape in (False, True)
        }
        assert len(said) == 1


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", samples.ALL)
def test_i11_no_name_and_no_reference_is_spoken(name: str, language: Language) -> None:
    terminal = samples.ALL[name]
    said = _heard(terminal, Presentation(language=language))
    visit = terminal.visit
    members = visit.offer.members if visit is not None and visit.offer is not None else ()
    for member in members:
        assert not any(part in said for part in member.name.replace("\u3000", " ").split() if part != "見本"), member
    if isinstance(terminal.scene, scenes.Fault):
        assert terminal.scene.report.reference not in said


def test_i11_no_digit_of_a_pin_changes_what_is_said() -> None:
    assert len({_heard(samples.at(scenes.EnterPin(sample_visits.FACTS, 3, digits=digits))) for digits in range(5)}) == 1


def test_a_wrong_pin_is_told_first_with_the_tries_left() -> None:
    assert _heard(samples.ALL["pin-wrong"]).startswith("暗証番号がちがいます。あと2回入れられます。")
    assert "つぎにまちがえると、使えなくなります。" in _heard(samples.ALL["pin-last-try"])


def test_money_is_told_with_what_is_taken_and_then_with_what_is_missing() -> None:
    def pays(held: int) -> str:
        return _heard(samples.at(scenes.Pay(held, DENOMINATIONS), visit=replace(sample_visits.VISIT, held=held)))

    assert "1,000円" in pays(0)
    assert pays(100) == "お金を入れてください。あと300円です。"
    assert pays(1000).startswith("お金がそろいました。おつりは600円です。")
    assert "おつりはありません。" in pays(400)


def test_what_is_ordered_is_told_before_it_is_ordered() -> None:
    said = _heard(samples.ALL["06-confirm"])
    assert said.index("住民票の写し") < said.index("合計400円") < said.index("返金ができません")


def test_a_dead_end_tells_what_happened_what_of_the_money_and_what_to_do() -> None:
    said = _heard(samples.ALL["12-fault"])
    told = ("2枚目の紙がつまりました", "出ていません", "200円をお返ししました", "お取りください", "係員がまいります")
    places = [said.index(each) for each in told]
    assert places == sorted(places)
    assert "カードを、お取りください。" in _heard(samples.ALL["fault-card-lies"])


def test_i7_a_debt_without_a_slip_is_told_with_what_to_do_about_the_number() -> None:
    said = _heard(samples.ALL["fault-owed-no-slip"])
    assert "受付番号を、控えてください。" in said
    assert "紙をお持ちください" not in said
    english = _heard(samples.ALL["fault-owed-no-slip"], Presentation(language=Language.ENGLISH))
    assert "Please write down the number." in english
    assert "Keep the slip" not in english
