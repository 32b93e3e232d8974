"""An officer at their desk as the use cases of card applications know whoever acts; and why these did nothing."""

from typing import NoReturn

from certserver.applications.states import Actor, Role
from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.who import Known

_NEXT = {
    Why.MOVED_MEANWHILE: "somebody made a step just now: look at it again",
    Why.RECORD_CHANGED: "the resident record changed, and the application has ended",
}


class NotDone(ConfigurationError):
    """Nothing was done. `why` is the word for it; `needs`, `fields` and `mail` say what is missing, in words."""

    def __init__(self, declined: Declined) -> None:
        self.why: str = declined.reason.value
        self.needs: tuple[str, ...] = tuple(need.value for need in declined.needs)
        self.fields: tuple[str, ...] = declined.fields
        self.mail: tuple[str, ...] = tuple(each.value for each in declined.mail)
        about = ", ".join((*self.needs, *self.fields, *self.mail))
        stands = f"; it is {declined.state.value}, step {declined.version}" if declined.state else ""
        hint = _NEXT.get(declined.reason) if isinstance(declined.reason, Why) else None
        super().__init__(f"refused: {self.why}{f' ({about})' if about else ''}{stands}{f': {hint}' if hint else ''}")


def known(desk: Desk, purpose: Purpose | None = None, *, residence: str | None = None) -> Known:
    """Whoever acts, as an officer of the desk's municipality. Where an application lies with another municipality
    (`residence`), the log there says of which one they are."""
    elsewhere = residence is not None and residence != desk.municipality
    return Known(
        Actor(desk.who.mark, Role.OFFICER, desk.municipality),
        source=f"{desk.actor} of {desk.municipality}" if elsewhere else desk.actor,
        purpose="" if purpose is None else str(purpose),
        check=desk.check,
    )


def raise_declined(declined: Declined) -> NoReturn:
    """Raises `NoSuchEntry` for an application that there is not, else `NotDone`."""
    if declined.reason is Why.UNKNOWN:
        raise NoSuchEntry("refused: unknown-application: `application list` shows those of this municipality")
    raise NotDone(declined)
