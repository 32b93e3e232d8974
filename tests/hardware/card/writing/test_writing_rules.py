"""What is refused while a card is written: no operator, an operator for something else, an X.509 that is not what it
should be, an issuer that says no."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage
from hardware.card.virtual.persona import PersonaKind
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import (
    ALLOWED,
    SIMULATED_CLA,
    Beside,
    CardState,
    PairState,
    Purpose,
    Sim,
    operator_message,
)
from hardware.card.writing.model import Case, Standing
from hardware.card.writing.procedure import Outcome
from hardware.card.writing.steps import Goal, Seen, Step, next_step
from hardware.errors import CardError, CardRefused, IssuerRefused, OperatorRefused
from tests.support.card_writing import (
    HAS,
    HOLDER,
    KNOWS,
    MUNICIPAL,
    BreakingIssuer,
    BreakingLine,
    WritingBench,
)
from tests.support.cards import card

STATE = CardState(PairState(True, Beside.EMPTY, 3), PairState(True, Beside.EMPTY, 5), False, 0, 4)


def writer_of(bench: WritingBench) -> ApduCardWriter:
    line = BreakingLine(bench.card)
    return ApduCardWriter(line, JpkiSession(line))


def let_on(bench: WritingBench, writer: ApduCardWriter, purpose: Purpose) -> None:
    desk = bench.terminal.sign_on(MUNICIPAL, KNOWS, HAS)
    writer.let_on(purpose, desk.let_on(writer.operator_challenge(), purpose, "case-1"))


@pytest.mark.parametrize("ins", sorted(ALLOWED))
def test_without_an_operator_a_card_is_not_written(ins: Sim) -> None:
    bench = WritingBench()
    line = BreakingLine(bench.card)
    ApduCardWriter(line, JpkiSession(line))
    assert line.transmit(bytes((SIMULATED_CLA, ins, 0, 0, 2, 0, 0, 0)))[-2:] == b"\x69\x82"


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("ins", sorted(ALLOWED))
def test_an_operator_does_only_what_they_were_let_on_for(ins: Sim, purpose: Purpose) -> None:
    bench = WritingBench()
    line = BreakingLine(bench.card)
    let_on(bench, ApduCardWriter(line, JpkiSession(line)), purpose)
    if purpose not in ALLOWED[ins]:
        assert line.transmit(bytes((SIMULATED_CLA, ins, 0, 0, 2, 0, 0, 0)))[-2:] == b"\x69\x82"


def test_a_stranger_s_signature_lets_nobody_on_and_a_challenge_serves_once() -> None:
    bench = WritingBench()
    writer = writer_of(bench)
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(CardRefused, match="6982"):
        writer.let_on(Purpose.X509, stranger.sign(operator_message(writer.operator_challenge(), Purpose.X509)))
    desk = bench.terminal.sign_on(MUNICIPAL, KNOWS, HAS)
    answer = desk.let_on(writer.operator_challenge(), Purpose.X509, "case-1")
    with pytest.raises(CardRefused):
        writer.let_on(Purpose.FACE_AUTH, answer)
    with pytest.raises(CardRefused, match="6985"):
        writer.let_on(Purpose.X509, answer)


def test_a_reset_forgets_the_operator() -> None:
    bench = WritingBench()
    let_on(bench, writer_of(bench), Purpose.X509)
    with pytest.raises(CardRefused, match="6982"):
        writer_of(bench).generate(Usage.USER_AUTH)


@pytest.mark.parametrize(
    ("name", "knows", "has"), [("nobody", KNOWS, HAS), (MUNICIPAL, "", HAS), (MUNICIPAL, KNOWS, "")]
)
def test_an_operator_signs_on_with_both_factors(name: str, knows: str, has: str) -> None:
    with pytest.raises(OperatorRefused, match="sign-on"):
        WritingBench().terminal.sign_on(name, knows, has)


def test_a_card_that_can_not_be_written_says_so() -> None:
    line = BreakingLine(card())
    with pytest.raises(CardRefused, match="6E00"):
        ApduCardWriter(line, JpkiSession(line)).state()
    foreign = BreakingLine(card(PersonaKind.FOREIGN))
    with pytest.raises(CardError, match="no card that can be written"):
        ApduCardWriter(foreign, JpkiSession(foreign))


def test_the_new_x509_is_tried_before_the_old_one_is_revoked() -> None:
    bench = WritingBench()
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH)
    order = [Step.TRY_IT, Step.SWITCH, Step.REVOKE_PREVIOUS, Step.DISCARD_PREVIOUS, Step.DONE]
    assert bench.steps == [Step.GENERATE, Step.CERTIFY_AND_WRITE, *order]
    before = bench.persona.user_auth_x509
    assert bench.standing(Usage.USER_AUTH, before) is Standing.REVOKED


def test_the_same_case_again_does_nothing_and_another_case_renews_anew() -> None:
    bench = WritingBench()
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH)
    first = bench.in_use(Usage.USER_AUTH)
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH)
    assert bench.steps == [Step.DONE]
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, number="case-2")
    assert bench.in_use(Usage.USER_AUTH) != first
    assert bench.is_tidy(Usage.USER_AUTH)


def test_without_the_pin_nothing_is_put_into_use() -> None:
    bench = WritingBench()
    assert bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, show=False) is Outcome.PIN_WANTED
    assert bench.answers()
    assert bench.in_use(Usage.USER_AUTH) == bench.persona.user_auth_x509
    assert bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH) is Outcome.DONE
    assert bench.is_tidy(Usage.USER_AUTH)


def test_what_another_case_left_beside_is_revoked_and_erased_first() -> None:
    bench = WritingBench()
    bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, show=False)
    assert bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, number="case-2") is Outcome.DONE
    assert bench.steps[:3] == [Step.REVOKE_NEW, Step.DISCARD_NEW, Step.GENERATE]
    assert bench.is_tidy(Usage.USER_AUTH)


@pytest.mark.parametrize("spoil", ["what is read back", "the answer"])
def test_a_card_that_fails_the_trial_keeps_what_was_in_use(spoil: str) -> None:
    """The X.509 that is read back is another one, or the key's answer is wrong: such as a chip with a bad cell."""
    bench = WritingBench()

    class Spoiled(BreakingLine):
        def transmit(self, apdu: bytes | bytearray) -> bytes:
            answer = BreakingLine.transmit(self, apdu)
            wanted = Sim.READ if spoil == "what is read back" else Sim.ANSWER
            if apdu[:2] == bytes((SIMULATED_CLA, wanted)) and len(answer) > 100:
                return answer[:50] + bytes((answer[50] ^ 1,)) + answer[51:]
            return answer

    assert bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, Spoiled(bench.card)) is Outcome.UNFIT
    assert bench.in_use(Usage.USER_AUTH) == bench.persona.user_auth_x509
    assert bench.answers()
    assert bench.is_tidy(Usage.USER_AUTH)


def test_an_issuer_that_says_no_leaves_everything_as_it_was() -> None:
    bench = WritingBench()

    class Refusing(BreakingIssuer):
        def certify(self, case: Case, modulus: bytes) -> bytes:
            raise IssuerRefused("resident-record")

    with pytest.raises(IssuerRefused, match="resident-record"):
        bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH, issuer=Refusing(bench.certifier))
    assert bench.answers()
    assert bench.carry_out(Goal.AS_BEFORE, Usage.USER_AUTH, show=False) is Outcome.DONE
    assert bench.is_tidy(Usage.USER_AUTH)


def test_a_card_compares_what_it_was_given_with_its_own_key() -> None:
    bench = WritingBench()
    writer = writer_of(bench)
    let_on(bench, writer, Purpose.X509)
    writer.generate(Usage.USER_AUTH)
    with pytest.raises(CardRefused, match="6A80"):
        writer.write(Usage.USER_AUTH, bench.persona.user_auth_x509)
    with pytest.raises(CardRefused, match="6985"):
        writer.switch(Usage.USER_AUTH)


def test_what_the_issuer_never_knew_is_not_quietly_erased() -> None:
    bench = WritingBench()
    with pytest.raises(CardError):
        bench.carry_out(Goal.NO_X509, Usage.SIGNING, BreakingLine(bench.card, at=_take_out_of(bench) + 1))

    class Stranger(BreakingIssuer):
        def revoke(self, usage: Usage, x509: bytes) -> None:
            raise IssuerRefused("not-issued-here")

        def of_x509(self, usage: Usage, x509: bytes) -> None:
            return None

    with pytest.raises(IssuerRefused):
        bench.carry_out(Goal.NO_X509, Usage.SIGNING, issuer=Stranger(bench.certifier))
    assert bench.card.memory.pairs[Usage.SIGNING].beside.state is Beside.PREVIOUS


def _take_out_of(bench: WritingBench) -> int:
    twin = WritingBench()
    line = BreakingLine(twin.card)
    twin.carry_out(Goal.NO_X509, Usage.SIGNING, line)
    return next(at for at, apdu in enumerate(line.sent) if apdu[:2] == bytes((SIMULATED_CLA, Sim.TAKE_OUT)))


@pytest.mark.parametrize("goal", list(Goal))
@pytest.mark.parametrize("beside", list(Beside))
@pytest.mark.parametrize("fit", [True, False])
@pytest.mark.parametrize("tried", [True, False])
def test_nothing_in_use_is_revoked_by_any_step(goal: Goal, beside: Beside, fit: bool, tried: bool) -> None:
    """What is revoked lies beside, always; what is put into use was tried and is this case's."""
    step = next_step(goal, Seen(STATE, beside, True, fit=fit, issued=True, previous_counts=True, tried=tried))
    if step is Step.REVOKE_PREVIOUS:
        assert beside is Beside.PREVIOUS
    if step is Step.REVOKE_NEW:
        assert beside in (Beside.KEY, Beside.HALF, Beside.WHOLE)
    if step is Step.SWITCH:
        assert (goal, beside, fit, tried) == (Goal.NEW_X509, Beside.WHOLE, True, True)


def test_the_issuer_does_nothing_twice_and_takes_no_bad_key() -> None:
    bench = WritingBench()
    case = Case("case-1", Usage.SIGNING, HOLDER)
    key = bytes((0x80,)) + bytes(254) + b"\x01"
    assert bench.certifier.certify(case, key) == bench.certifier.certify(case, key)
    for bad in (b"", key[:-1], bytes(256), key[:-1] + b"\x02"):
        with pytest.raises(IssuerRefused, match="bad-key"):
            bench.certifier.certify(case, bad)
    with pytest.raises(IssuerRefused, match="another-case"):
        bench.certifier.certify(Case("case-2", Usage.SIGNING, HOLDER), key)
    bench.certifier.revoke(Usage.SIGNING, bench.certifier.certify(case, key))
    with pytest.raises(IssuerRefused, match="revoked-key"):
        bench.certifier.certify(case, key)
    with pytest.raises(IssuerRefused, match="not-issued-here"):
        bench.certifier.revoke(Usage.SIGNING, bench.persona.user_auth_x509)
    assert HOLDER not in repr(case)


@pytest.mark.parametrize("told", [b"", bytes(8), bytes((2, *bytes(8))), bytes((1, 9, *bytes(7)))])
def test_a_state_that_is_none_is_refused(told: bytes) -> None:
    with pytest.raises(ValueError, match=r"state|Beside"):
        CardState.from_bytes(told)
