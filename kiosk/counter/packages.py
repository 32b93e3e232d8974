"""Which package handles which kind of case at this counter."""

from collections.abc import Mapping

from kiosk.counter.case import AnyPackage
from kiosk.counter.kinds import CaseKind

Packages = Mapping[CaseKind, AnyPackage]

PACKAGES: Packages = {}
"""Every package there is. A kind without one is not offered."""
