"""Which package handles which kind of case at this counter."""

from collections.abc import Mapping

from kiosk.counter.card_application.advance import PACKAGE as CARD_APPLICATION
from kiosk.counter.case import AnyPackage
from kiosk.counter.kinds import CaseKind

Packages = Mapping[CaseKind, AnyPackage]

PACKAGES: Packages = {CaseKind.CARD_APPLICATION: CARD_APPLICATION}
"""Every package there is. A kind without one is not offered."""
