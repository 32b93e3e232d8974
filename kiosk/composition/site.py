"""What a terminal's settings say of its site, for its actions."""

from kiosk.actions.site import Site
from kiosk.composition.devices import printer_profile
from kiosk.composition.settings import DRAWER, TerminalSettings


def site_of(settings: TerminalSettings) -> Site:
    """Raises `ConfigurationError` for a ground that the printer can't have."""
    return Site(
        municipality=settings.municipality,
        terminal=settings.terminal,
        place=settings.place,
        place_en=settings.place_en,
        printer_profile=printer_profile(settings),
        slip_width_dots=settings.slip_width_dots,
        separate=settings.cash == DRAWER,
    )
