"""What both windows say of the case of X.509s and PINs, in the same words."""

import re

from hardware.card.model import Usage
from kiosk.counter.elsewhere import Place
from kiosk.counter.x509_pin.scenes import Standing
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import Change, Reset, Settle, Wish
from kiosk.texts.catalogue import BREAK, Texts

GROUP = "counter-x509"
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


_PLACES = re.compile(
    r"(?<=[、。・」])(?![、。」]|$)"
    r"|(?<=[ぁ-んー])(?<!お)(?<!ご)(?<!この)(?<!その)(?<!どの)(?<!あと)(?<!読み)(?<!ー)(?=[ァ-ヶ一-鿿A-Za-z0-9「])"
    r"|(?<=を)(?=[ぁ-ん])"
)
"""Where a line of Japanese may break: after marks, and before the next word."""


def breakable(text: str) -> str:
    """Japanese in which lines may break after marks and particles."""
    return _PLACES.sub(BREAK, text)


class Say:
    """The case's texts; in Japanese lines may break after marks and particles."""

    def __init__(self, texts: Texts, *, japanese: bool) -> None:
        self._texts = texts
        self._japanese = japanese

    def __call__(self, key: str, **values: object) -> str:
        """A text of the case."""
        return self._broken(self._texts(f"{GROUP}.{key}", **values))

    def counted(self, key: str, n: int) -> str:
        """`key.one` or `key.many`."""
        return self._broken(self._texts.counted(f"{GROUP}.{key}", n))

    def points(self, wish: Wish) -> tuple[str, ...]:
        """What will be done, one thing after the other."""
        keys = (f"wish.{wish.value}.point{number}" for number in range(1, POINTS + 1))
        return tuple(self(key) for key in keys if f"{GROUP}.{key}" in self._texts)

    def standing(self, case: X509PinCase, standing: Standing) -> str:
        """In what state the card is."""
        group = _STANDING_OF[wish_of(case)]
        job = (case.jobs or (None,))[0]
        if group == "issue" and isinstance(job, Reset | Change | Settle) and standing is not Standing.PIN_OLD_OR_NEW:
            standing = Standing.UNTOUCHED
        return self(f"standing.{group}.{standing.value}")

    def place(self, place: Place) -> str:
        """Where it can be done instead."""
        return self._broken(place.name) if place.name else self._broken(self._texts(f"counter.place.{place.kind}"))

    def _broken(self, text: str) -> str:
        return breakable(text) if self._japanese else text


def wish_of(case: X509PinCase) -> Wish:
    """What the resident came for, once that is known."""
    assert case.wish is not None
    return case.wish


def names(say: Say, usages: tuple[Usage, ...]) -> str:
    """The X.509s that it is about."""
    return "・".join(say(f"usage.{usage.value}-short") for usage in usages)
