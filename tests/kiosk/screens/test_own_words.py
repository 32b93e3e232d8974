"""What a municipality says beside a reason: it never hides the reason, and tells what is withheld from nothing else."""

from dataclasses import replace

import pytest

from kiosk.flow import scenes
from kiosk.flow.values.board import Board, RefusalText
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.model import ScreenModel
from kiosk.screens.present.reasons import WORDING
from kiosk.screens.presenter import present
from koufu.evidence.words import CertificateKind, RefusalReason, told_as

ALIKE = tuple(reason for reason in RefusalReason if told_as(reason) is RefusalReason.NOT_OFFERED)
OWN = "市民課の三番窓口へどうぞ。"
OWN_EN = "Please go to counter three."


def board_with(reason: RefusalReason) -> Board:
    return replace(sample_visits.BOARD, refusal_texts=(RefusalText(reason, OWN, OWN_EN, ""),))


def declined(reason: RefusalReason, said_of: RefusalReason, **look: object) -> ScreenModel:
    scene = scenes.Declined(reason, CertificateKind.RESIDENCE, sample_visits.WINDOW, True)
    terminal = replace(samples.at(scene), board=board_with(said_of), presentation=Presentation(**look))  # type: ignore[arg-type]
    return present(terminal, sample_visits.SITE, now=sample_visits.NOW, landscape=False)


def words(screen: ScreenModel) -> str:
    return repr(screen.read).replace("|", "")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("language", "own"), [(Language.JAPANESE, OWN), (Language.ENGLISH, OWN_EN)])
def test_the_reason_stands_above_what_the_municipality_says(language: Language, own: str, large: bool) -> None:
    reason = RefusalReason.UNDER_AGE
    plain = declined(reason, RefusalReason.CLOSED, language=language, large=large)
    told = declined(reason, reason, language=language, large=large)
    assert (own in words(plain), own in words(told)) == (False, True)
    assert told.title == plain.title
    head = words(plain).partition("Fact(")[2].split("head=")[1].split(", text=")[0]
    assert head in words(told)
    assert words(told).index(head) < words(told).index(own)


def test_i14_what_is_withheld_is_told_as_what_is_not_offered() -> None:
    assert set(ALIKE) == {RefusalReason.NOT_OFFERED, RefusalReason.DECEASED, RefusalReason.WITHHELD}
    screens = {words(declined(reason, RefusalReason.NOT_OFFERED)) for reason in ALIKE}
    assert len(screens) == 1
    assert OWN in screens.pop()
    # Nor does a text of its own, which no honest server sends.
    assert OWN not in words(declined(RefusalReason.WITHHELD, RefusalReason.WITHHELD))


def test_reasons_that_are_told_alike_have_the_same_words() -> None:
    assert all(WORDING[reason] == WORDING[told_as(reason)] for reason in RefusalReason)
