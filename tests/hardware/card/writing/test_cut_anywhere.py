"""Power goes, the card is pulled, the reader jams, card or issuer fall silent: at every command of every procedure. The
card stays usable, and doing the same again ends with exactly one X.509 that counts."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card.model import Usage
from hardware.card.virtual.persona import PersonaKind
from hardware.card.writing.procedure import Outcome
from hardware.card.writing.steps import Goal
from hardware.errors import CardError, CardGone, CardMute, IssuerAway, ReaderGone
from tests.support.card_writing import BreakingIssuer, BreakingLine, Cut, WritingBench, is_write


@dataclass(frozen=True)
class Procedure:
    """`keeps`: an X.509 of the usage is in use at every moment."""

    goal: Goal
    usage: Usage
    kind: PersonaKind = PersonaKind.NORMAL
    keeps: bool = True
    begun: bool = False

    def bench(self) -> WritingBench:
        made = WritingBench(self.kind)
        if self.begun:  # a renewal that broke off with the new X.509 written, before it was put into use
            full = BreakingLine(made.card)
            twin = WritingBench(self.kind)
            twin.carry_out(Goal.NEW_X509, self.usage, counted := BreakingLine(twin.card))
            last = max(number for number, apdu in enumerate(counted.sent) if is_write(apdu))
            full.at = last + 2
            with pytest.raises(CardGone):
                made.carry_out(Goal.NEW_X509, self.usage, full)
        return made


PROCEDURES = {
    "renew user-auth": Procedure(Goal.NEW_X509, Usage.USER_AUTH),
    "renew signing": Procedure(Goal.NEW_X509, Usage.SIGNING),
    "issue signing": Procedure(Goal.NEW_X509, Usage.SIGNING, PersonaKind.CHILD, keeps=False),
    "revoke signing": Procedure(Goal.NO_X509, Usage.SIGNING, keeps=False),
    "back out": Procedure(Goal.AS_BEFORE, Usage.USER_AUTH, begun=True),
    "face": Procedure(Goal.FACE_AUTH, Usage.SIGNING, keeps=False),
}
FAULTS: list[type[CardError]] = [CardGone, CardMute, ReaderGone]


@pytest.fixture(params=list(PROCEDURES))
def procedure(request: pytest.FixtureRequest) -> Procedure:
    return PROCEDURES[request.param]


def check_usable(bench: WritingBench, procedure: Procedure) -> None:
    """What must be true at every moment, whatever broke."""
    if procedure.goal is not Goal.FACE_AUTH:
        assert bench.answers(Usage.USER_AUTH)
    if procedure.keeps:
        assert bench.answers(procedure.usage)


def check_done(bench: WritingBench, procedure: Procedure) -> None:
    before = bench.persona.user_auth_x509 if procedure.usage is Usage.USER_AUTH else bench.persona.signing_x509
    assert bench.is_tidy(procedure.usage)
    match procedure.goal:
        case Goal.NEW_X509:
            assert bench.in_use(procedure.usage) not in (b"", before)
            assert bench.answers(procedure.usage)
        case Goal.AS_BEFORE:
            assert bench.in_use(procedure.usage) == before
        case _:
            assert bench.in_use(procedure.usage) == b""
    assert bench.card.memory.face_auth is (procedure.goal is Goal.FACE_AUTH)


def test_every_command(procedure: Procedure) -> None:
    whole = procedure.bench()
    line = BreakingLine(whole.card)
    assert whole.carry_out(procedure.goal, procedure.usage, line) is Outcome.DONE
    check_done(whole, procedure)
    assert len(line.sent) > 5
    for at, apdu in enumerate(line.sent):
        for how in Cut if is_write(apdu) else (Cut.BEFORE, Cut.AFTER):
            bench = procedure.bench()
            fault = FAULTS[at % len(FAULTS)]
            with pytest.raises(fault):
                bench.carry_out(procedure.goal, procedure.usage, BreakingLine(bench.card, at, how, fault))
            check_usable(bench, procedure)
            assert bench.carry_out(procedure.goal, procedure.usage) is Outcome.DONE
            check_done(bench, procedure)


def test_every_call_of_the_issuer(procedure: Procedure) -> None:
    whole = procedure.bench()
    counted = BreakingIssuer(whole.certifier)
    whole.carry_out(procedure.goal, procedure.usage, issuer=counted)
    assert counted.calls
    for at in range(counted.calls):
        for done in (False, True):
            bench = procedure.bench()
            with pytest.raises(IssuerAway):
                bench.carry_out(procedure.goal, procedure.usage, issuer=BreakingIssuer(bench.certifier, at, done))
            check_usable(bench, procedure)
            assert bench.carry_out(procedure.goal, procedure.usage) is Outcome.DONE
            check_done(bench, procedure)


@pytest.mark.parametrize("name", ["renew user-auth", "renew signing", "issue signing"])
def test_the_holder_goes_home_after_a_cut(name: str) -> None:
    """Instead of going on, a renewal is given up: either all is as before, or the new one is in use already."""
    procedure = PROCEDURES[name]
    whole = procedure.bench()
    line = BreakingLine(whole.card)
    whole.carry_out(procedure.goal, procedure.usage, line)
    ends = set()
    for at in range(len(line.sent)):
        bench = procedure.bench()
        before = bench.in_use(procedure.usage)
        with pytest.raises(CardGone):
            bench.carry_out(procedure.goal, procedure.usage, BreakingLine(bench.card, at, Cut.AFTER))
        assert bench.carry_out(Goal.AS_BEFORE, procedure.usage, show=False) is Outcome.DONE
        assert bench.is_tidy(procedure.usage)
        ends.add(bench.in_use(procedure.usage) == before)
    assert ends == {True, False}


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(PROCEDURES)),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(Cut)), min_size=2, max_size=6),
)
def test_again_and_again(name: str, cuts: list[tuple[int, Cut]]) -> None:
    procedure = PROCEDURES[name]
    bench = procedure.bench()
    for at, how in cuts:
        try:
            bench.carry_out(procedure.goal, procedure.usage, BreakingLine(bench.card, at, how))
        except CardGone:
            check_usable(bench, procedure)
    assert bench.carry_out(procedure.goal, procedure.usage) is Outcome.DONE
    check_done(bench, procedure)
