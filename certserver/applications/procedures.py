"""Procedures on a card at a counter, of X.509s and PINs (電子証明書関連事務): by which documents whoever comes is known
there, as dated rows, and the words of how one ends. Pure."""

from dataclasses import dataclass
from datetime import date

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.hand_over import FACE_TO_FACE, FOR_ANOTHER
from certserver.applications.identity import CombinationRow, DocumentRow, IdentityPolicy
from certserver.applications.places import Procedure
from koufu.applying.words import Comer, ProcedureEnd

CARD_PROCEDURES = frozenset(
    {
        *(Procedure.X509_ISSUE, Procedure.X509_RENEWAL, Procedure.X509_REVOCATION),
        *(Procedure.PIN_CHANGE, Procedure.PIN_RESET, Procedure.FACE_AUTH_SWITCH),
    }
)


STAYS_OPEN = frozenset({ProcedureEnd.LEFT_OPEN, ProcedureEnd.CUT_OFF})
"""The card may come back, and the procedure go on under its number."""


@dataclass(frozen=True, slots=True)
class ProcedureIdentityRow(Dated):
    """By which combinations of documents somebody is known who comes for such a procedure. `without_pin`: a PIN is set
    though none is known, so that documents are all that says who it is."""

    procedures: frozenset[Procedure]
    comers: frozenset[Comer]
    without_pin: bool
    combinations: tuple[CombinationRow, ...]


_ACTS_FOR_ANOTHER = frozenset({Comer.LEGAL_REPRESENTATIVE, Comer.PROXY})
_PRACTICE = "remembered practice of municipalities; they differ"

PROCEDURE_IDENTITY = (
    ProcedureIdentityRow(
        *(CARD_PROCEDURES, frozenset({Comer.PERSON}), False, FACE_TO_FACE.combinations),
        source=_PRACTICE,
        confirmed=Confirmed.MEMORY,
    ),
    ProcedureIdentityRow(
        *(CARD_PROCEDURES, frozenset({Comer.PERSON}), True, FOR_ANOTHER.combinations),
        source="a card that was found is one document with a face; who sets its PIN shows another",
        confirmed=Confirmed.DESIGN,
    ),
    *(
        ProcedureIdentityRow(
            *(CARD_PROCEDURES, _ACTS_FOR_ANOTHER, without_pin, FOR_ANOTHER.combinations),
            source=_PRACTICE,
            confirmed=Confirmed.MEMORY,
        )
        for without_pin in (False, True)
    ),
)


def taken_for(
    procedure: Procedure, comer: Comer, documents: tuple[DocumentRow, ...], day: date, *, without_pin: bool
) -> IdentityPolicy:
    """What identifies whoever comes for a procedure on a day: nothing does, where no row says it."""
    rows = (
        row
        for row in in_force(PROCEDURE_IDENTITY, day)
        if procedure in row.procedures and comer in row.comers and row.without_pin is without_pin
    )
    return IdentityPolicy(documents, tuple(each for row in rows for each in row.combinations))
