"""Why the server did not do what a case asked for."""

from dataclasses import dataclass

from kiosk.counter.elsewhere import Place


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the server did not do something, in the words of the wire."""

    reason: str
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    instead: tuple[Place, ...] = ()
    nearest: str = ""
    days_late: int = 0
    version: int | None = None
    state: str = ""
