"""A statement answers exactly one proven order (I1): every field that differs is an alarm that names it."""

from dataclasses import replace

import pytest

from koufu.evidence.errors import BadSignature, MalformedEvidence, StatementMismatch
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.statement import SignedStatement, Statement, open_statement, require_answer
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.koufu.test_evidence_vectors import KEY, ORDER, PROVEN, STATEMENT


def test_i1_a_statement_answers_its_own_order() -> None:
    require_answer(STATEMENT, PROVEN, 0, 1)


@pytest.mark.parametrize(
    ("field", "statement"),
    [
        ("municipality", replace(STATEMENT, municipality="990002")),
        ("proof", replace(STATEMENT, proof_hash=bytes(32))),
        ("order", replace(STATEMENT, order_id=bytes(16))),
        ("line", replace(STATEMENT, line=1)),
        ("copy", replace(STATEMENT, copy=0)),
        ("kind", replace(STATEMENT, kind=CertificateKind.SEAL_REGISTRATION)),
        ("pages", replace(STATEMENT, content_hashes=())),
    ],
)
def test_i1_a_statement_about_anything_else_is_an_alarm(field: str, statement: Statement) -> None:
    with pytest.raises(StatementMismatch) as caught:
        require_answer(statement, PROVEN, 0, 1)
    assert caught.value.mismatch.value == field


def test_i1_the_same_order_proven_by_another_answer_is_another_order() -> None:
    with pytest.raises(StatementMismatch, match="proof"):
        require_answer(STATEMENT, ProvenOrder(PROVEN.evidence, bytes(256)), 0, 1)


def test_i1_a_line_or_copy_that_was_not_ordered_is_an_alarm() -> None:
    with pytest.raises(StatementMismatch):
        require_answer(replace(STATEMENT, copy=2), PROVEN, 0, 2)
    with pytest.raises(StatementMismatch):
        require_answer(replace(STATEMENT, line=3), PROVEN, 3, 1)


def test_a_statement_under_another_signature_is_not_read() -> None:
    evidence = STATEMENT.to_bytes()
    with pytest.raises(BadSignature):
        open_statement(SignedStatement(evidence, bytes(64)), KEY.public_key())
    with pytest.raises(BadSignature):
        open_statement(SignedStatement(evidence + b"\0", KEY.sign(evidence)), KEY.public_key())


def test_an_order_that_would_be_written_otherwise_is_refused() -> None:
    """Two options in the other order say the same, so they would be a second evidence of one order."""
    options = [option.value.encode() for option in (Option.DOMICILE, Option.RELATIONSHIP)]
    first, second = (len(option).to_bytes(4, "big") + option for option in options)
    evidence = ORDER.to_bytes()
    assert first + second in evidence
    with pytest.raises(MalformedEvidence, match="canonical"):
        Order.from_bytes(evidence.replace(first + second, second + first))


@pytest.mark.parametrize("copies", [0, 11])
def test_an_order_line_has_one_to_ten_copies(copies: int) -> None:
    with pytest.raises(ValueError, match="copies"):
        OrderLine(CertificateKind.RESIDENCE, Scope.SELF, copies=copies)


def test_a_matter_is_named_exactly_where_a_kind_has_one() -> None:
    with pytest.raises(ValueError, match="matter"):
        OrderLine(CertificateKind.INCOME_TAX, Scope.SELF)
    with pytest.raises(ValueError, match="matter"):
        OrderLine(CertificateKind.RESIDENCE, Scope.SELF, matter="2026")


def test_members_are_named_exactly_when_they_are_chosen() -> None:
    with pytest.raises(ValueError, match="members"):
        OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS)
    with pytest.raises(ValueError, match="members"):
        OrderLine(CertificateKind.RESIDENCE, Scope.SELF, members=("m",))
