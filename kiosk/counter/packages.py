"""Which package handles which kind of case at this counter."""

from collections.abc import Mapping

from kiosk.counter.card_application.advance import PACKAGE as CARD_APPLICATION
from kiosk.counter.case import AnyPackage
from kiosk.counter.hand_over import case as hand_over
from kiosk.counter.kinds import CaseKind
from kiosk.counter.papers import advance as papers
from kiosk.counter.x509_pin import case as x509_pin

Packages = Mapping[CaseKind, AnyPackage]

PACKAGES: Packages = {
    CaseKind.CARD_APPLICATION: CARD_APPLICATION,
    CaseKind.X509_PIN: x509_pin.PACKAGE,
    CaseKind.HAND_OVER: hand_over.PACKAGE,
    CaseKind.PAPERS: papers.PACKAGE,
}
"""Every package there is. A kind without one is not offered."""
