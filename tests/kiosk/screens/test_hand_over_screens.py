"""Every screen of a hand-over: on the resident's window all fits and can be touched in every look, and what the clerk's
window is told of a PIN."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hardware.card.model import Usage
from kiosk.counter.documents import DOCUMENTS
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.values import CardTrouble
from kiosk.counter.hand_over.words import CASES, Coming, PinSetting
from kiosk.counter.pins import Part, PinAsk
from kiosk.counter.refusal import Refusal
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens.blocks import PinDots
from kiosk.screens.counter.hand_over.samples import SAMPLES
from kiosk.screens.desk_blocks import SecretEntry
from kiosk.screens.wire import desk_json
from kiosk.texts.catalogue import catalogue
from tests.support.counter_screens import CaseStage


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[CaseStage]:
    made = CaseStage()
    yield made
    made.window.close()


def test_i11_the_clerk_s_window_tells_nothing_of_a_pin_that_somebody_chooses(stage: CaseStage) -> None:
    typing = SAMPLES["pin-user"]
    ask = PinAsk(Usage.USER_AUTH, Part.NEW)
    scenes: list[at.Scene] = [at.Typing(ask, typed) for typed in range(5)]
    scenes += [at.Typing(ask, differ=True), at.Typing(ask, misshapen=True), SAMPLES["weak"].scene]
    models = [stage.clerk_sees(replace(typing, scene=scene)) for scene in scenes]
    assert len({desk_json(replace(each, aside=())) for each in models}) == 1


def test_i11_to_a_proxy_nothing_of_a_pin_is_shown(stage: CaseStage) -> None:
    """The clerk types from the sealed form, and learns how many signs there are; the proxy sees that it is done."""
    for name in ("form-user", "form-signing", "setting-form"):
        model = stage.clerk_sees(SAMPLES[name])
        shown = stage.window.screen(stage.show(SAMPLES[name], Presentation()))
        assert not any(isinstance(block, PinDots) for page in (shown.read, *shown.pages) for block in page)
        assert shown.title.split() == ["係員が暗証番号を", "設定しています"]
        entries = [block for block in model.main if isinstance(block, SecretEntry)]
        assert len(entries) == (name != "setting-form")


def test_while_a_card_is_at_work_both_windows_say_that_the_terminal_is_simulated(stage: CaseStage) -> None:
    for name in ("await", "reading", "pin-user", "form-user", "setting", "setting-form"):
        for language, word in ((Language.JAPANESE, "【模擬】"), (Language.ENGLISH, "[Simulated]")):
            assert word in desk_json(stage.clerk_sees(SAMPLES[name], language)), name


@pytest.mark.parametrize("language", [Language.JAPANESE, Language.ENGLISH])
def test_every_word_has_its_text(language: Language) -> None:
    texts = catalogue(language)
    for kind in DOCUMENTS:
        assert texts.keys() & {f"counter-hand.document.{kind}", f"counter-card.answer.document.{kind}"}, kind
    words = {
        "case": CASES,
        "coming": [each.value for each in Coming],
        "short": [each.value for each in Coming],
        "pin-setting": [each.value for each in PinSetting],
        "slip.pins": [each.value for each in PinSetting],
        "trouble": [each.value for each in CardTrouble],
    }
    for group, values in words.items():
        assert {f"counter-hand.{group}.{value}" for value in values} <= texts.keys()


def test_every_word_of_the_server_is_told(stage: CaseStage) -> None:
    """Also one that this build has no text for."""
    lacking = SAMPLES["papers-lacking"].scene
    assert isinstance(lacking, at.Papers)
    assert lacking.lacking is not None
    told = desk_json(stage.clerk_sees(SAMPLES["papers-lacking"]))
    for part in ("疎明資料", "回答書", "委任状。", "封をした", "写真つきの書類2点", "有効期限が過ぎている"):
        assert part in told.replace("|", "")
    unknown = replace(lacking, lacking=replace(lacking.lacking, lacks=("something-new",), expired=()))
    assert "足りないものがあります" in desk_json(
        stage.clerk_sees(replace(SAMPLES["papers-lacking"], scene=unknown))
    ).replace("|", "")
    refused = replace(SAMPLES["closing-no"], scene=at.Closing(Refusal("something-new")))
    assert "認めませんでした" in desk_json(stage.clerk_sees(refused)).replace("|", "")
