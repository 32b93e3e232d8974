"""Who is it: from the X.509 that a terminal sent up to the resident, or to somebody who lives elsewhere, or the reason
why not. It logs nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, literal, select

from certserver.identity.model import IdentifiedCard
from certserver.identity.policy import JPKI, IdentityPolicy
from certserver.identity.subjects import CardLink, SubjectKey, subject_of, subject_of_x509
from certserver.identity.trust import read_anchors
from certserver.identity.x509 import TrustedX509, examine, validate, verify_answer
from certserver.ports import in_japan, unix
from certserver.stages import IdentifiedResident, Refused
from certserver.storage.identity import card_links, crls, revoked_subjects
from certserver.storage.statements import Query
from koufu.evidence.words import RefusalReason

# One row for each list that may name the X.509: the complete one of its issuer, and that of its distribution point.
# `on_hold` is None where the list does not name it.
_LINK_AND_LISTS = Query(
    select(
        card_links.c.resident_id,
        card_links.c.face_auth,
        card_links.c.not_after,
        card_links.c.linked_at,
        card_links.c.pin_reset_at,
        card_links.c.of_card,
        crls.c.this_update,
        crls.c.next_update,
        revoked_subjects.c.on_hold,
    )
    .select_from(card_links)
    .outerjoin(
        crls,
        and_(
            crls.c.municipality == card_links.c.municipality,
            crls.c.issuer_key_id == card_links.c.issuer_key_id,
            crls.c.scope.in_((literal(b""), card_links.c.crl_scope)),
        ),
    )
    .outerjoin(
        revoked_subjects,
        and_(
            revoked_subjects.c.municipality == crls.c.municipality,
            revoked_subjects.c.list_no == crls.c.list_no,
            revoked_subjects.c.subject == card_links.c.subject,
        ),
    )
    .where(card_links.c.municipality == bindparam("of_municipality"), card_links.c.subject == bindparam("of_subject"))
)

# The same rows for an X.509 that is not linked.
_LISTS = Query(
    select(crls.c.this_update, crls.c.next_update, revoked_subjects.c.on_hold)
    .select_from(crls)
    .outerjoin(
        revoked_subjects,
        and_(
            revoked_subjects.c.municipality == crls.c.municipality,
            revoked_subjects.c.list_no == crls.c.list_no,
            revoked_subjects.c.subject == bindparam("of_subject"),
        ),
    )
    .where(
        crls.c.municipality == bindparam("of_municipality"),
        crls.c.issuer_key_id == bindparam("of_issuer"),
        crls.c.scope.in_((literal(b""), bindparam("of_scope"))),
    )
)


class CardIdentity:
    """Identifies residents by the X.509s of their cards. Fulfils `certserver.identity.model.Identity`."""

    def __init__(self, key: SubjectKey, policy: IdentityPolicy = JPKI) -> None:
        self._key = key
        self._policy = policy

    def identify(
        self, connection: Connection, municipality: str, terminal: str, x509: bytes, now: datetime
    ) -> IdentifiedCard | Refused:
        """Whose X.509 (DER) this is: made by a trusted issuer, valid, and by a fresh list not revoked. Whose it is not
        linked with lives elsewhere. Bytes of any kind are refused, never a fault."""
        trusted = examine(x509, read_anchors(connection, municipality), self._policy)
        if isinstance(trusted, Refused):
            return trusted
        valid = validate(trusted, now)
        if isinstance(valid, Refused):
            return valid
        subject = subject_of(self._key, municipality, valid.trusted)
        link = self._link_in_force(connection, municipality, subject, now)
        if isinstance(link, Refused):
            return link
        if link is None:
            refused = self._revoked(connection, municipality, valid.trusted, subject, now)
            elsewhere = IdentifiedResident(municipality, terminal, subject, resident_id=None)
            return refused or IdentifiedCard(elsewhere, face_auth=False)
        return IdentifiedCard(IdentifiedResident(municipality, terminal, subject, link.resident_id), link.face_auth)

    def still_valid(self, connection: Connection, resident: IdentifiedResident, now: datetime) -> Refused | None:
        """Why a resident who was identified may go no further: by now the X.509 expired, was revoked, is linked to
        somebody else or known as a face-authentication card's, or nobody knows freshly enough (I6)."""
        link = self._link_in_force(connection, resident.municipality, resident.subject, now)
        if isinstance(link, Refused):
            return link
        if link is None or link.resident_id != resident.resident_id:
            return Refused(RefusalReason.X509_UNKNOWN)
        return Refused(RefusalReason.FACE_AUTH_CARD) if link.face_auth else None

    def still_elsewhere(
        self, connection: Connection, holder: IdentifiedResident, x509: bytes, now: datetime
    ) -> Refused | None:
        """Why whoever lives elsewhere may go no further: what `identify` would refuse by now, or the X.509 has become a
        resident's (I6)."""
        card = self.identify(connection, holder.municipality, holder.terminal, x509, now)
        if isinstance(card, Refused):
            return card
        return None if card.resident == holder else Refused(RefusalReason.X509_UNKNOWN)

    def subject(self, connection: Connection, municipality: str, x509: bytes) -> bytes | Refused:
        """Whatever became of the X.509: at a counter that is what somebody comes for."""
        return subject_of_x509(connection, self._key, municipality, x509, self._policy)

    def answered(self, x509: bytes, evidence: bytes, answer: bytes) -> bool:
        """Whether the card of an X.509 that was identified answered exactly this evidence."""
        return verify_answer(x509, evidence, answer)

    def _link_in_force(
        self, connection: Connection, municipality: str, subject: bytes, now: datetime
    ) -> CardLink | Refused | None:
        """The link of a subject; None when it has none."""
        rows = _LINK_AND_LISTS.all(connection, {"of_municipality": municipality, "of_subject": subject})
        if not rows:
            return None
        refused = self._by_lists(rows, rows[0].not_after, now)
        newest = max(rows[0].linked_at, rows[0].pin_reset_at or 0)
        refused = refused or self._card_ended(connection, municipality, rows[0].of_card, now)
        if refused is None and in_japan(newest).date() >= in_japan(unix(now)).date():
            # Other registers learn of a new card, X.509 or PIN overnight.
            refused = Refused(RefusalReason.NEXT_DAY)
        return refused or CardLink(subject, rows[0].resident_id, rows[0].face_auth)

    def _card_ended(
        self, connection: Connection, municipality: str, of_card: bytes | None, now: datetime
    ) -> Refused | None:
        """Why a telephone's X.509 is good no longer: it ends with that of the card it was applied for with, however
        long it says itself that it lasts."""
        if of_card is None:
            return None
        rows = _LINK_AND_LISTS.all(connection, {"of_municipality": municipality, "of_subject": of_card})
        return self._by_lists(rows, rows[0].not_after, now) if rows else Refused(RefusalReason.X509_REVOKED)

    def _revoked(
        self, connection: Connection, municipality: str, trusted: TrustedX509, subject: bytes, now: datetime
    ) -> Refused | None:
        """What the lists say of an X.509 that is not linked."""
        of = {
            "of_municipality": municipality,
            "of_issuer": trusted.issuer_key_id,
            "of_scope": trusted.crl_scope,
            "of_subject": subject,
        }
        return self._by_lists(_LISTS.all(connection, of), unix(trusted.not_after), now)

    def _by_lists(self, rows: Sequence[Any], not_after: int, now: datetime) -> Refused | None:
        if any(row.on_hold is False for row in rows):
            return Refused(RefusalReason.X509_REVOKED)
        if any(row.on_hold for row in rows):
            return Refused(RefusalReason.X509_ON_HOLD)
        if unix(now) > not_after:
            return Refused(RefusalReason.X509_EXPIRED)
        if not any(self._is_fresh(row, now) for row in rows):
            return Refused(RefusalReason.REVOCATION_STALE)
        return None

    def _is_fresh(self, row: Any, now: datetime) -> bool:
        """Whether there is a list, young enough by its own word and by our limit."""
        if row.this_update is None:
            return False
        age = unix(now) - int(row.this_update)
        ahead, oldest = self._policy.clock_skew.total_seconds(), self._policy.crl_max_age.total_seconds()
        return -ahead <= age <= oldest and unix(now) <= int(row.next_update)
