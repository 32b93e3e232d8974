"""What both windows say of the case of X.509s and PINs, in the same words."""

from hardware.card.model import Usage
from kiosk.counter.x509_pin.scenes import Standing
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import Change, Reset, Settle, Wish
from kiosk.screens.counter.case_words import CaseWords
from kiosk.screens.counter.pin_pages import GROUP
from kiosk.texts.catalogue import Texts

POINTS = 4

_STANDING_OF = {
    Wish.RENEW: "x509",
    Wish.REVOKE: "x509",
    Wish.ISSUE: "issue",
    Wish.CHANGE_PIN: "pin",
    Wish.RESET_PIN: "pin",
    Wish.FACE_AUTH_ON: "face",
    Wish.FACE_AUTH_OFF: "face",
}


class Say(CaseWords):
    """The case's texts."""

    def __init__(self, texts: Texts, *, large: bool = False) -> None:
        super().__init__(texts, GROUP, large=large)

    def points(self, wish: Wish) -> tuple[str, ...]:
        """What will be done, one thing after the other."""
        keys = (f"wish.{wish.value}.point{number}" for number in range(1, POINTS + 1))
        return tuple(self(key) for key in keys if key in self)

    def standing(self, case: X509PinCase, standing: Standing) -> str:
        """In what state the card is."""
        group = _STANDING_OF[wish_of(case)]
        job = (case.jobs or (None,))[0]
        if group == "issue" and isinstance(job, Reset | Change | Settle) and standing is not Standing.PIN_OLD_OR_NEW:
            standing = Standing.UNTOUCHED
        return self(f"standing.{group}.{standing.value}")


def wish_of(case: X509PinCase) -> Wish:
    """What the resident came for, once that is known."""
    assert case.wish is not None
    return case.wish


def names(say: Say, usages: tuple[Usage, ...]) -> str:
    """The X.509s that it is about."""
    return "・".join(say(f"usage.{usage.value}-short") for usage in usages)
