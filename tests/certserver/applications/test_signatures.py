"""The truth table of marks in the box for one's own hand: four kinds, with a seal or without, in the box or outside."""

from datetime import date
from itertools import product

import pytest

from certserver.applications.signatures import SignatureKind, SignatureVerdict, SignedPaper, judge_signature

TODAY = date(2026, 11, 30)
VALID, DEFECT, OFFICER = SignatureVerdict.VALID, SignatureVerdict.DEFECT, SignatureVerdict.OFFICER_DECIDES

# (sealed, in box): what follows
TABLE = {
    SignatureKind.HANDWRITTEN: {(1, 1): VALID, (0, 1): VALID, (1, 0): OFFICER, (0, 0): OFFICER},
    SignatureKind.PRINTED_NAME: {(1, 1): VALID, (0, 1): DEFECT, (1, 0): OFFICER, (0, 0): DEFECT},
    SignatureKind.BRAILLE: {(1, 1): VALID, (0, 1): DEFECT, (1, 0): VALID, (0, 0): DEFECT},
    SignatureKind.SCRIBED: {(1, 1): VALID, (0, 1): DEFECT, (1, 0): OFFICER, (0, 0): DEFECT},
}


@pytest.mark.parametrize(("kind", "sealed", "in_box"), product(SignatureKind, (1, 0), (1, 0)))
@pytest.mark.parametrize("paper", SignedPaper)
def test_what_a_mark_is_worth(kind: SignatureKind, sealed: int, in_box: int, paper: SignedPaper) -> None:
    verdict = judge_signature(kind, TODAY, sealed=bool(sealed), in_box=bool(in_box), paper=paper)
    assert verdict is TABLE[kind][sealed, in_box]


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(date(2016, 10, 31), OFFICER), (date(2016, 11, 1), VALID), (date(2016, 11, 2), VALID)],
)
def test_braille_counts_since_the_notice(day: date, verdict: SignatureVerdict) -> None:
    assert judge_signature(SignatureKind.BRAILLE, day, sealed=True, in_box=True) is verdict


@pytest.mark.parametrize("kind", [kind for kind in SignatureKind if kind is not SignatureKind.BRAILLE])
def test_the_others_counted_before(kind: SignatureKind) -> None:
    assert judge_signature(kind, date(2016, 10, 31), sealed=True, in_box=True) is VALID


@pytest.mark.parametrize("in_box", [True, False])
def test_a_window_that_cannot_read_braille_asks_or_scribes(in_box: bool) -> None:
    def judged(paper: SignedPaper, *, sealed: bool) -> SignatureVerdict:
        return judge_signature(
            SignatureKind.BRAILLE, TODAY, sealed=sealed, in_box=in_box, paper=paper, window_reads_braille=False
        )

    assert judged(SignedPaper.DELIVERY_REPLY, sealed=True) is SignatureVerdict.ASK_OR_SCRIBE
    assert judged(SignedPaper.DELIVERY_REPLY, sealed=False) is DEFECT
    # The card application goes to the card maker, who reads it.
    assert judged(SignedPaper.CARD_APPLICATION, sealed=True) is VALID
