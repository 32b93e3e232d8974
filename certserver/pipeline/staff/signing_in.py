"""Signing in: whoever proved who they are, and works at this place today, gets a session."""

from certserver.applications.permissions import SiteKind
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.pipeline.admission import Caller
from certserver.pipeline.staff.credentials import ByPassword, Credentials, Proven, prove
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.staff.rows import engagements_of
from certserver.pipeline.staff.sessions import SignedIn, begin
from certserver.ports import in_japan, unix
from certserver.staff.engagements import Engagement, engaged
from koufu.evidence.staff_challenge import StaffPurpose


def sign_in(
    parts: StaffParts, caller: Caller, municipality: str, place: SiteKind, credentials: Credentials
) -> SignedIn | Declined:
    """A session at this terminal, in the role that the person has at this place today."""

    def then(proven: Proven) -> SignedIn | Declined:
        at = engaged_here(proven, municipality, place)
        if at is None:
            return Declined(Why.NOT_HERE)
        signed_in = begin(parts, proven.connection, caller, municipality, at)
        how = "password" if isinstance(credentials, ByPassword) else "card"
        detail = {"officer": at.mark, "role": at.role.value, "what": how}
        now = unix(proven.now)
        proven.book.note(AuditEntry(now, AuditEvent.STAFF_SIGNED_IN, caller.terminal, detail))
        return signed_in

    return prove(parts, caller, municipality, credentials, StaffPurpose.SIGN_IN, then)


def engaged_here(proven: Proven, municipality: str, place: SiteKind) -> Engagement | None:
    """By what the person works at this place today."""
    day = in_japan(unix(proven.now)).date()
    return engaged(engagements_of(proven.connection, municipality, proven.mark), proven.outlet, place, day)
