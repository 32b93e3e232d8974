"""A photo or scan of an application, as its page shows it: decrypted for this one answer, kept nowhere. A PDF is shown
as a picture, made in a process of its own."""

from certserver.console.pages.applications.numbers import application_of, small_number
from certserver.console.routes import Answer, PageRoute, Sent
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import NotDone
from certserver.office.applications.looking import attached
from certserver.office.rights import Right

_PDF, _PNG = "application/pdf", "image/png"


def show(visit: Visit) -> Answer:
    """The picture."""
    number = small_number(visit.named["attachment"])
    try:
        content = attached(visit.desk, application_of(visit), number, visit.purpose)
    except NotDone as error:
        raise NoSuchEntry("what was attached is erased") from error
    kind = content.media_type.value
    if kind == _PDF:
        return Sent("scan.png", _PNG, visit.parts.picture_of(content.content), shown=True)
    return Sent(f"attachment.{kind.rpartition('/')[2]}", kind, content.content, shown=True)


PAGES = (
    PageRoute(
        "/applications/{application}/attachments/{attachment}",
        show,
        right=Right.DECIDE_APPLICATIONS,
        personal=True,
        file=True,
    ),
)
