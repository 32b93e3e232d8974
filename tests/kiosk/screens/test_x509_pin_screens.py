"""Every screen of the clerk's case of X.509s and PINs, on the resident's window in every look: what is there fits and
can be touched; and what the clerk's window is told of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from hardware.keypad.pointing import DIGITS, LETTERS_AND_DIGITS, BoardKind, PointingBoard
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.flow.touches import PinTyped
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import sample_visits
from kiosk.screens.blocks import Words
from kiosk.screens.counter.x509_pin import resident as x509_resident
from kiosk.screens.counter.x509_pin.samples import SAMPLES
from kiosk.screens.desk_blocks import Watched
from kiosk.screens.gallery import LOOKS
from kiosk.screens.narration import feel
from kiosk.screens.panel import look_of
from kiosk.screens.present.context import Context
from kiosk.screens.wire import desk_json
from kiosk.texts.catalogue import Texts
from tests.support.counter_screens import CaseStage, at_counter, with_case
from tests.support.golden_screens import looks_as_before


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[CaseStage]:
    made = CaseStage("portrait")
    yield made
    made.window.close()


def test_i11_the_clerk_s_window_tells_nothing_of_a_pin(stage: CaseStage) -> None:
    """However many signs there are, whether one was wrong, misshapen, typed anew or weak: the same page."""
    typing = SAMPLES["pin-user-new"]
    assert isinstance(typing.scene, at.Typing)
    scenes: list[at.CaseScene] = [replace(typing.scene, typed=typed) for typed in range(5)]
    scenes += [replace(typing.scene, differ=True), replace(typing.scene, misshapen=True), at.Checking(typing.scene.ask)]
    weak = SAMPLES["weak"].scene
    models = [stage.clerk_sees(typing.at(scene)) for scene in (*scenes, weak)]
    assert len({desk_json(replace(each, aside=())) for each in models}) == 1
    for model in models:
        assert not any(word in desk_json(model) for word in ("わかりやすい", "つづいた数", "2回の番号"))
    hidden = [block for model in models for block in model.aside if isinstance(block, Watched)]
    assert all(each.hidden for each in hidden if each.title != "たしかめています")


def test_both_windows_say_that_parties_are_simulated(stage: CaseStage) -> None:
    for name, case in SAMPLES.items():
        for language, word in ((Language.JAPANESE, "【模擬】"), (Language.ENGLISH, "[Simulated]")):
            assert word in desk_json(stage.clerk_sees(case, language)), name
            body = x509_resident.resident(context(case, Presentation(language=language)), case)
            if body is not None:
                assert any(isinstance(each, Words) and word in each.text for each in body.read), name


def context(case: X509PinCase, look: Presentation) -> Context:
    del case
    shown = look_of(look, landscape=False)
    return Context(at_counter(look), sample_visits.SITE, shown, Texts(shown.language, shown.layout), sample_visits.NOW)


def test_i11_signs_go_to_the_pad_of_their_kind_and_only_their_number_comes_out(stage: CaseStage) -> None:
    stage.show(SAMPLES["pin-signing-new"])
    for sign in "AB12Z9":
        stage.window.touch(f"sign-{sign}")
    assert stage.touched == [PinTyped(number) for number in range(1, 7)]
    with stage.signing_pad.take().view() as typed:
        assert bytes(typed) == b"AB12Z9"
    assert repr(stage.pad) == "<PinPad 0 digits>"


def test_a_pointing_board_by_groups_and_by_single_signs(stage: CaseStage) -> None:
    stage.show(SAMPLES["pin-signing-big"])
    # P is in the third group, 7 in the last.
    for key in (
        "board-2",
        "board-3",
        "board-5",
        "board-3",
        "erase-one",
        "board-5",
        "board-groups",
        "board-0",
        "board-0",
    ):
        stage.window.touch(key)
        stage.window.settle()
    assert stage.touched == [PinTyped(number) for number in (1, 2, 1, 2)]
    stage.show(SAMPLES["pin-signing-one"])
    stage.touched.clear()
    for key in ("board-other", "board-other", "board-this", "board-this", "board-other", "board-this", "board-this"):
        stage.window.touch(key)
        stage.window.settle()
    assert stage.touched == [PinTyped(number) for number in (3, 4, 5, 6)]
    with pytest.raises(ValueError, match="at least one"):
        stage.signing_pad.take()
    stage.show(SAMPLES["pin-user-one"])
    stage.touched.clear()
    for key in ("board-this", "board-other", "board-this"):
        stage.window.touch(key)
    assert stage.touched == [PinTyped(1), PinTyped(2)]


def test_i11_how_far_a_board_was_stepped_is_told_to_nobody(stage: CaseStage) -> None:
    stage.show(SAMPLES["pin-signing-one"])
    for _ in range(50):
        stage.window.touch("board-other")
    assert stage.touched == []
    assert repr(PointingBoard(LETTERS_AND_DIGITS, BoardKind.ONE_BY_ONE)) == "<PointingBoard one-by-one>"


@pytest.mark.parametrize("name", ["pin-user-big", "pin-signing-big", "pin-user-one", "pin-signing-one"])
def test_every_sign_can_be_reached_on_a_board(name: str) -> None:
    signing = "signing" in name
    signs = LETTERS_AND_DIGITS if signing else DIGITS
    kind = BoardKind.BIG if name.endswith("big") else BoardKind.ONE_BY_ONE
    for wanted in signs:
        board = PointingBoard(signs, kind)
        found = None
        for _ in range(len(signs) + 1):
            keys = [key for key, words in enumerate(board.offered) if wanted in words]
            if not keys:
                board.other()
                continue
            found = board.choose(keys[0])
            if found is not None:
                break
        assert found == wanted


THE_CASE_S_OWN = (210, 50, 930, 700)
"""Of the clerk's window, between the desk's pages, its keys and the resident's screen."""

LOOKED_AT = (
    *(("resident", name, "portrait", "") for name in ("explained-face-auth-on", "pin-signing", "broken-old", "weak")),
    *(("resident", name, "portrait", "") for name in ("pin-signing-big", "pin-user-one", "not-here-both-pins-unknown")),
    *(("resident", name, "landscape", "-english") for name in ("pin-signing", "finished-renew")),
    *(("resident", name, "portrait", "-large") for name in ("pin-signing-new", "broken-old")),
    *(("clerk", name, "portrait", "") for name in ("chosen", "pin-user", "broken-old", "not-here-both-pins-unknown")),
    ("clerk", "agreed", "portrait", "-english"),
)


@pytest.mark.parametrize(("window", "name", "panel", "look"), LOOKED_AT)
def test_a_screen_looks_as_it_was_found_good(
    window: str, name: str, panel: str, look: str, root: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = CaseStage(panel)
    case, presentation = SAMPLES[name], LOOKS[look]
    stage.show(case, presentation)
    shown = tmp_path / f"x509-{window}-{name}-{panel}{look}.png"
    if window == "resident":
        stage.window.picture(shown)
    else:
        clerk = stage.clerk_window()
        clerk.open(full_screen=False)
        qtbot.waitExposed(clerk.view)
        terminal = at_counter(presentation)
        clerk.show(with_case(case, presentation.language), terminal, stage.window.screen(terminal))
        clerk.picture(shown)
        clerk.close()
        with Image.open(shown) as whole:
            whole.crop(THE_CASE_S_OWN).save(shown)
    stage.window.close()
    assert looks_as_before(shown, root / "tests/golden/screens" / shown.name)


def test_i11_felt_for_all_signs_sound_the_same(stage: CaseStage) -> None:
    screens = {}
    for name in ("pin-signing", "pin-signing-big", "pin-signing-one"):
        stage.show(SAMPLES[name])
        screen = screens[name] = stage.window.screen(at_counter(Presentation()))
        keys = [key for key in stage.window.controls() if key.startswith(("sign-", "board-"))]
        said = {feel(screen, key) for key in keys if key not in ("board-this", "board-other", "board-groups")}
        assert said <= {("文字のキー",)}
    assert feel(screens["pin-signing-one"], "board-other") == ("つぎの文字",)
    assert feel(screens["pin-signing-one"], "erase-one") == ("1つ消す",)
