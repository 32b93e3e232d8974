"""The programs that hold card and issuer end in the middle, at every command, and start again from their folder."""

from pathlib import Path

import pytest

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.certifier import SimulatedCertifier
from hardware.card.virtual.folder import CardFolder, FolderError
from hardware.card.virtual.writing_applet import Writable
from hardware.card.writing.pins import PinSet
from hardware.card.writing.procedure import Outcome
from hardware.card.writing.steps import Goal
from hardware.errors import CardGone
from tests.support.card_writing import VALIDITY, BreakingLine, Cut, WritingBench
from tests.support.cards import NOW, card_key_maker, pin
from tests.support.pins_on_cards import change


def from_folder(bench: WritingBench, folder: CardFolder) -> None:
    """Card and issuer as new programs have them."""
    writable = Writable(bench.operator_key, card_key_maker(), kept=lambda memory: folder.keep_written("taro", memory))
    bench.card = VirtualCard(bench.persona, bench.entropy, writable=writable, memory=folder.written("taro"))
    bench.certifier = SimulatedCertifier(bench.authority, lambda: NOW, VALIDITY, folder.keep_issued, folder.issued())


def started(path: Path) -> tuple[WritingBench, CardFolder]:
    bench, folder = WritingBench(), CardFolder(path)
    from_folder(bench, folder)
    return bench, folder


def test_both_programs_end_at_every_command_of_a_renewal(tmp_path: Path) -> None:
    whole, _ = started(tmp_path / "whole")
    line = BreakingLine(whole.card)
    assert whole.carry_out(Goal.NEW_X509, Usage.SIGNING, line) is Outcome.DONE
    for at in range(len(line.sent)):
        bench, folder = started(tmp_path / str(at))
        with pytest.raises(CardGone):
            bench.carry_out(Goal.NEW_X509, Usage.SIGNING, BreakingLine(bench.card, at, Cut.AFTER))
        from_folder(bench, folder)
        assert bench.answers(Usage.SIGNING)
        assert bench.carry_out(Goal.NEW_X509, Usage.SIGNING) is Outcome.DONE
        assert bench.is_tidy(Usage.SIGNING)
        assert bench.answers(Usage.SIGNING)


def test_pins_and_the_switch_stay(tmp_path: Path) -> None:
    bench, folder = started(tmp_path)
    line = BreakingLine(bench.card)
    assert change(JpkiSession(line), Usage.USER_AUTH, pin(), pin("8305")) == PinSet()
    from_folder(bench, folder)
    assert bench.answers(typed="8305")
    assert bench.carry_out(Goal.FACE_AUTH, Usage.SIGNING) is Outcome.DONE
    from_folder(bench, folder)
    assert bench.card.memory.face_auth
    assert bench.card.memory.annotations == ["顔認証"]
    assert bench.card.tries_left == 0


@pytest.mark.parametrize("name", ["cards/taro/written.json", "issued.json"])
@pytest.mark.parametrize("content", ["{", "{}", '{"format": 1}', '{"format": 1, "issued": [{}], "pins": {}}'])
def test_a_damaged_file_is_said_in_words(tmp_path: Path, name: str, content: str) -> None:
    folder = started(tmp_path)[1]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(content)
    with pytest.raises(FolderError):
        folder.written("taro") if "written" in name else folder.issued()


def test_what_is_written_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    bench, _ = started(tmp_path)
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH)
    assert (tmp_path / "cards/taro/written.json").stat().st_mode & 0o777 == 0o600
