"""Why something was not done with an application, for whoever tried it."""

from dataclasses import dataclass

from certserver.office.applications.acting import NotDone


@dataclass(frozen=True, slots=True)
class Wrong:
    """The word for it, and texts of what is missing, by their keys."""

    why: str
    missing: tuple[str, ...] = ()


def refused(error: NotDone) -> Wrong:
    """What a page says of it."""
    missing = (
        *(f"application.need-{each}" for each in error.needs),
        *(f"form.{each}" for each in error.fields),
        *(f"check.about-mail-{each}" for each in error.mail),
    )
    return Wrong(error.why, missing)
