"""What is attached to a card application, how much of it, and who may see which of it. The sealed form with PINs
(暗証番号設定依頼書) is none of it: it is paper that nobody scans. Pure."""

from dataclasses import dataclass
from enum import Enum

from certserver.applications.moving import Sight, sight
from certserver.applications.photo_measures import PHOTO_FILE
from certserver.applications.states import Actor, CardApplication, Role, State


class AttachmentKind(Enum):
    """What a picture or scan is of."""

    PHOTO = "photo"
    """For the card."""
    FORM = "form"
    """交付申請書"""
    IDENTITY_DOCUMENT = "identity-document"
    """本人確認書類の写し"""
    EVIDENCE = "evidence"
    """疎明資料, 委任状, what shows who a representative is."""


class MediaType(Enum):
    """In which form it comes."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


BEGINS_WITH = {MediaType.JPEG: b"\xff\xd8\xff", MediaType.PNG: b"\x89PNG\r\n\x1a\n", MediaType.PDF: b"%PDF-"}
"""By its first bytes alone a file is told here: nothing is opened."""

MAX_SCAN_BYTES = 8_000_000
MAX_ATTACHMENTS = 40
"""Of one application, however often it came back."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or scan as it is listed: `size` in bytes; its content is elsewhere, encrypted."""

    number: int
    kind: AttachmentKind
    media_type: MediaType
    size: int
    attached_at: int


def fits(kind: AttachmentKind, media_type: MediaType, content: bytes) -> bool:
    """Whether a file may be attached: it is what it is called, and not too long. A photo is a JPEG."""
    if not content.startswith(BEGINS_WITH[media_type]):
        return False
    if kind is AttachmentKind.PHOTO:
        return media_type is MediaType.JPEG and len(content) <= PHOTO_FILE.bytes_to
    return len(content) <= MAX_SCAN_BYTES


_AT_MAKER = frozenset({State.SENT_TO_MAKER, State.MANUFACTURING})
_OF_HELP = frozenset({AttachmentKind.PHOTO, AttachmentKind.FORM})


def may_see(kind: AttachmentKind, application: CardApplication, actor: Actor) -> bool:
    """Whether somebody may see what is attached. Whoever may see all of an application sees it, but a helper, who
    checks nobody's identity, sees no identity document and no evidence. The card maker sees the photo while it makes
    the card; nobody else sees anything."""
    if actor.role is Role.CARD_MAKER:
        return kind is AttachmentKind.PHOTO and application.state in _AT_MAKER
    if sight(application, actor) is not Sight.ALL:
        return False
    return actor.role is not Role.HELPER or kind in _OF_HELP
