"""The kinds of cases there are at a counter."""

from enum import Enum


class CaseKind(Enum):
    """What a clerk can do for a resident besides a certificate order."""

    CARD_APPLICATION = "card-application"
    X509_PIN = "x509-pin"
    HAND_OVER = "hand-over"
    PAPERS = "papers"
    """Forms and sheets that explain, printed for whoever stands there."""
