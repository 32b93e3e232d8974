"""Which terminal this is and where it stands: what orders, slips and the server need to know of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Municipality code (6 digits), terminal id as in its X.509, place (the collector on receipts), the profile of the
    copy-warning ground, the slip printer's width in dots."""

    municipality: str
    terminal: str
    place: str
    place_en: str
    printer_profile: str
    slip_width_dots: int
    separate: bool = False
    """A clerk takes the money and hands the sheets over."""
