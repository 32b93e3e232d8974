"""Opens one more office beside those that stand, at once and by one person. What stands counts as a whole list: it is
never made from an older one than stands, nor where another list waits that would end it again."""

from certserver.errors import ConfigurationError
from certserver.office.desk import Desk
from certserver.office.settings.approving import set_at_once
from certserver.office.settings.content import Content, Standing
from certserver.office.settings.counter_parts import CommissionPart
from certserver.office.settings.making import Wanted
from certserver.ports import in_japan


def open_beside(desk: Desk, stood: Standing, opened: CommissionPart) -> None:
    """Opens it beside the offices of what `stood` as it was seen. Raises `ConfigurationError` where that changed since,
    or is to change at a later instant; pydantic's `ValidationError` for an office that stands already."""
    now = desk.now()
    waits = next((since for since, _ in stood.commissions if since > now), None)
    if waits is not None:
        when = f"{in_japan(waits):%Y-%m-%d %H:%M:%S} (Japan)"
        raise ConfigurationError(f"another list of offices counts from {when}, without this one: open it in drafts")
    standing = stood.content(now).commissions or ()
    wanted = Wanted(Content(commissions=(*standing, opened)), f"commission of {opened.office}")
    set_at_once(desk, wanted, None, stood.revision)
