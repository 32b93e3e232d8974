"""How procedures ended that the server does not know of yet: kept from before one is begun until it took the end."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hardware.card.model import Usage
from kiosk.actions.counter.x509_pin.cases import CaseAtHand
from kiosk.actions.counter.x509_pin.ends import ENDS, UntoldEnd, UntoldEnds
from kiosk.actions.counter.x509_pin.procedures import Answer
from kiosk.actions.whole_file import WholeFile
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.touches import Do
from kiosk.counter.x509_pin.values import WhyNot, Wish
from kiosk.errors import ConfigurationError, ServerAway
from koufu.applying.words import ProcedureEnd
from tests.support.x509_counter import counter_with, finished

CASE, OTHER = "a1" * 16, "b2" * 16


@dataclass
class Listening:
    """A server that hears what is begun and how it ended, unless it is away."""

    away: bool = False
    refuses: WhyNot | None = None
    begun: list[str] = field(default_factory=list)
    ended: list[tuple[str, ProcedureEnd, str]] = field(default_factory=list)

    def begin(self, effect: do.BeginAtServer, case: CaseAtHand) -> Answer:
        assert case.x509, "the card shows it without a PIN"
        if self.away:
            raise ServerAway("silent")
        if self.refuses is None:
            self.begun.append(case.numbers[Usage.USER_AUTH])
        return on.RulesSaid(effect.number, self.refuses, of=effect.begins)

    def end(self, end: UntoldEnd) -> bool:
        if self.away:
            raise ServerAway("silent")
        self.ended.append((end.case, end.ended, end.why))
        return True


def ends_in(folder: Path) -> UntoldEnds:
    store = WholeFile(folder / "card-ends.json", ENDS)
    return UntoldEnds(store, nullcontext(), lambda: 1_780_000_000, lambda: "clerk-1")


def test_what_was_at_the_desk_when_the_power_failed_was_cut_off(tmp_path: Path) -> None:
    ends = ends_in(tmp_path)
    ends.begins(CASE)
    ends.begins(OTHER)
    ends.ends(OTHER, ProcedureEnd.NOT_HERE, "pin-locked")
    assert [(each.case, each.ended) for each in ends.waiting()] == [(OTHER, ProcedureEnd.NOT_HERE)]
    again = ends_in(tmp_path)
    assert [(each.case, each.ended) for each in again.waiting()] == [
        (CASE, ProcedureEnd.CUT_OFF),
        (OTHER, ProcedureEnd.NOT_HERE),
    ]
    for each in again.waiting():
        again.told(each)
    assert not ends_in(tmp_path).waiting()


def test_of_what_was_not_begun_nothing_is_told(tmp_path: Path) -> None:
    ends = ends_in(tmp_path)
    ends.ends(CASE, ProcedureEnd.GIVEN_UP, "")
    ends.begins(CASE)
    ends.refused(CASE)
    ends.ends(CASE, ProcedureEnd.NOT_HERE, "residents-only")
    assert not ends.waiting()


def test_a_damaged_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "card-ends.json").write_bytes(b'{"ends": [1]}')
    with pytest.raises(ConfigurationError):
        ends_in(tmp_path)


def test_while_the_server_is_away_the_end_waits_on_disk_and_is_told_with_the_next_case(tmp_path: Path) -> None:
    server = Listening()
    c = counter_with(tmp_path, server=server)
    c.chooses(Wish.CHANGE_PIN).puts_card()
    server.away = True
    c.types_all()
    assert finished(c.case) is at.Ending.DONE
    c.pulls_card().does(Do.END)
    c.restart()
    assert not server.ended
    server.away = False
    c.restart()
    assert server.ended == [(server.begun[0], ProcedureEnd.DONE, "")]
    c.restart()
    assert len(server.ended) == 1


def test_a_card_that_comes_back_goes_on_under_its_number(tmp_path: Path) -> None:
    server = Listening()
    c = counter_with(tmp_path, server=server)
    c.chooses(Wish.RENEW).puts_card()
    c.slot.pull_after(22)
    c.types_all().tells_card_gone()
    assert isinstance(c.now(), at.BrokenOff)
    c.restart()
    (number,) = server.begun
    assert server.ended == [(number, ProcedureEnd.CUT_OFF, "")]
    c.takes_up().puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert server.begun == [number, number]
    assert server.ended[-1] == (number, ProcedureEnd.DONE, "")


def test_what_the_server_refuses_has_no_end(tmp_path: Path) -> None:
    server = Listening(refuses=WhyNot.RESIDENTS_ONLY)
    c = counter_with(tmp_path, server=server)
    c.chooses(Wish.RENEW).puts_card()
    assert c.why_not() is WhyNot.RESIDENTS_ONLY
    c.pulls_card().does(Do.END)
    c.restart()
    assert not server.ended
    assert not c.bench.terminal.noted, "nobody was let onto the card"
