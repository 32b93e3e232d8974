"""Drafts of settings as officers make them, shortened."""

from typing import Any

from certserver.office.desk import Desk
from certserver.office.settings.approving import approve
from certserver.office.settings.content import Content
from certserver.office.settings.draft_rows import Draft
from certserver.office.settings.drafts import begin, look, propose, stands
from certserver.office.settings.making import Kept, Wanted
from koufu.evidence.words import CertificateKind


def with_kind(desk: Desk, kind: CertificateKind, **changes: Any) -> Content:
    """A kind as it stands, but for these fields."""
    (stood,) = (part for part in stands(desk).content(desk.now()).kinds if part.kind is kind)
    return Content(kinds=(type(stood).model_validate(stood.model_dump() | changes),))


def with_profile(desk: Desk, **changes: Any) -> Content:
    """The profile as it stands, but for these fields."""
    stood = stands(desk).content(desk.now()).profile
    assert stood is not None
    return Content(profile=type(stood).model_validate(stood.model_dump() | changes))


def proposed(desk: Desk, content: Content, effective_at: int | None = None, seal: bytes | None = None) -> Draft:
    """A draft that waits for its second person."""
    return propose(desk, begin(desk, Wanted(content, "改定のため", effective_at, seal)).number)


def approved(desk: Desk, number: int) -> Draft | Kept:
    """What comes of an approval by somebody who has looked."""
    return approve(desk, number, look(desk, number).draft.fingerprint)


def settled(
    drafter: Desk, approver: Desk, content: Content, effective_at: int | None = None, seal: bytes | None = None
) -> Draft:
    """A draft that is in force, or will be at its instant."""
    done = approved(approver, proposed(drafter, content, effective_at, seal).number)
    assert isinstance(done, Draft), done
    return done
