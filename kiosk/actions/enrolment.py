"""What somebody typed who applies for an enrolment, as the evidence that the card proves. Nothing of it is kept."""

from kiosk.flow.claims import Claims, EnrolmentField
from kiosk.flow.enrol import day_of
from koufu.evidence.challenge import Challenge
from koufu.evidence.enrolment import Applicant, KosekiEnrolment
from koufu.evidence.numbers import parse_enrolment_number


def enrolment_of(challenge: Challenge, claims: Claims) -> KosekiEnrolment:
    """Bound to the session of this challenge. Raises `ValueError` or `MalformedEvidence` for what the flow would not
    have taken."""
    born = day_of(claims.of(EnrolmentField.BORN))
    if born is None:
        raise ValueError("a date of birth is eight figures")
    former = claims.of(EnrolmentField.FORMER)
    return KosekiEnrolment(
        municipality=challenge.municipality,
        terminal=challenge.terminal,
        session_nonce=challenge.nonce,
        applicant=Applicant(
            domicile=claims.of(EnrolmentField.DOMICILE),
            head=claims.of(EnrolmentField.HEAD),
            name=claims.of(EnrolmentField.NAME),
            born=born,
            phone=claims.of(EnrolmentField.PHONE),
        ),
        former=parse_enrolment_number(former) if former else "",
    )
