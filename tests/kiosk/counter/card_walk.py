"""A card application walked event by event, with a server in a dictionary's place: what it was sent, and what a test
lets it answer."""

from dataclasses import replace
from functools import cache
from typing import TypeVar

import numpy as np

from hardware.camera.person import Person, draw, truth
from kiosk.counter.card_application import effects as do
from kiosk.counter.card_application import events as on
from kiosk.counter.card_application.advance import advance, begin_case
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import Chosen, Key, Marked, Touched
from kiosk.counter.card_application.values import Resident
from kiosk.counter.case import CaseDoes, CaseWaits, FieldTyped, Happening
from kiosk.counter.effects import DeskTimer
from kiosk.counter.refusal import Refusal
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Role, Staff
from kiosk.flow.events import TimerFired
from kiosk.photo.crop import Crop
from kiosk.photo.encode import Photo, encode
from kiosk.photo.gates import judge

S = TypeVar("S")

AKI = Staff("K0127", Role.CLERK)
BEN = Staff("K0304", Role.CLERK)
NAME, ADDRESS = "見本　花子", "見本県見本市本町1番地"
HANAKO = Resident(
    "r-1",
    (("address", ADDRESS), ("born", "1980-04-01"), ("name", NAME), ("name-kana", "ミホン　ハナコ"), ("sex", "female")),
)
SCAN = b"\xff\xd8\xff a scan"
APPLICATION = "a1b2c3d4" + "0" * 24


@cache
def photo_of(person: Person, number: int = 1) -> on.PhotoTaken:
    """The event of a photo of a drawn person, judged and cut as the camera's action does; drawn once for a process."""
    size = (1280, 960)
    pixels = draw(person, *size, 0)
    judged = judge(pixels, (truth(person, *size),))
    made = encode(np.asarray(pixels), judged.crop) if isinstance(judged.crop, Crop) else None
    return on.PhotoTaken(number, judged, made if isinstance(made, Photo) else None, scanned=False, serial=7)


class CardWalk:
    """One case. `silent` while the server does not answer; `refusals` are answered to the next sends of a kind."""

    def __init__(self) -> None:
        self.case: CardCase
        self.case, does = begin_case(1, AKI)
        self.effects: list[CaseDoes] = list(does)
        self.log: list[do.Doing] = []
        self.flights: list[int] = []
        self.version = 0
        self.state = ""
        self.silent = False
        self.refusals: list[tuple[type, Refusal]] = []

    def go(self, *events: Happening) -> "CardWalk":
        """These events, and what the server answers to what was sent."""
        for event in events:
            self._one(event)
            while (sent := self._unanswered()) is not None:
                self._answer(sent)
        return self

    def press(self, *keys: Key) -> "CardWalk":
        return self.go(*(Touched(key) for key in keys))

    def choose(self, **answers: str) -> "CardWalk":
        return self.go(*(Chosen(name.replace("_", "-"), value) for name, value in answers.items()))

    def typed(self, **texts: str) -> "CardWalk":
        return self.go(*(FieldTyped(name.replace("_", "-"), text) for name, text in texts.items()))

    def tick(self) -> "CardWalk":
        """The timer that the case asked for."""
        return self.go(TimerFired(DeskTimer.CASE, 1))

    def wanted(self, kind: type) -> list[CaseDoes]:
        """All effects of a kind so far."""
        return [each for each in self.effects if isinstance(each, kind)]

    def shows(self, kind: type[S]) -> S:
        """The scene, which is of this kind."""
        scene = self.case.scene
        assert isinstance(scene, kind), scene
        return scene

    @property
    def waits(self) -> bool:
        return any(isinstance(each, CaseWaits) for each in self.effects)

    def _one(self, event: Happening) -> None:
        self.case, does = advance(self.case, event, DeskRules())
        self.effects += does
        self._sends = [each for each in does if isinstance(each, do.Send)]

    def _unanswered(self) -> do.Send | None:
        sends, self._sends = self._sends, []
        return sends[0] if sends else None

    def _answer(self, sent: do.Send) -> None:
        self.flights.append(sent.flight)
        if self.silent:
            self._one(on.ServerSilent(1, sent.flight))
            return
        for at, (kind, refusal) in enumerate(self.refusals):
            if isinstance(sent.doing, kind):
                del self.refusals[at]
                self._one(on.SendRefused(1, sent.flight, refusal))
                return
        self.log.append(sent.doing)
        self.version += 1
        match sent.doing:
            case do.OpenDraft():
                self.state = "draft"
            case do.Move(event):
                self.state = {
                    "check-identity": "identity-checked",
                    "capture": "captured",
                    "send": "sent-to-municipality",
                    "withdraw": "withdrawn",
                }[event]
            case _:
                pass
        self._one(on.Sent(1, sent.flight, APPLICATION, self.version, self.state))

    # The way, step by step

    def asked(self, procedure: str = "card-application", comer: str = "person", residence: str = "here") -> "CardWalk":
        self.go(on.HereListed(1, ()))
        return self.choose(procedure=procedure, comer=comer, residence=residence).press(Key.NEXT)

    def found(self, resident: Resident = HANAKO) -> "CardWalk":
        self.go(on.AllowedAnswered(1, None))
        self.typed(search_name="見本花子", search_born="19800401").press(Key.SCAN)
        return self.go(on.FindAnswered(1, resident))

    def willing(self) -> "CardWalk":
        self.choose(route="mail").press(Key.NEXT)
        return self.press(Key.CONFIRM, Key.CONFIRM, Key.AFFIRM).choose(intent_expressed_by="speech").press(Key.NEXT)

    def identified(self) -> "CardWalk":
        for kind in ("driving-licence", "passport"):
            self.go(Marked("document", kind), on.Scanned(1, kind, "image/jpeg", SCAN))
        return self.press(Key.NEXT)

    def filled(self) -> "CardWalk":
        return self.typed(phone="090-0000-0000").press(Key.NEXT, Key.CONFIRM).press(Key.NEXT)

    def pictured(self, person: Person | None = None) -> "CardWalk":
        self.go(on.FrameSeen(1, 1, ())).press(Key.TAKE_PHOTO)
        return self.go(photo_of(person or Person())).press(Key.NEXT)

    def signed(self) -> "CardWalk":
        self.choose(signature_kind="handwritten").press(Key.NEXT)
        return self.choose(pin_form="sealed", old_card="none").press(Key.NEXT)

    def mailed(self) -> "CardWalk":
        said = {"change_planned": "no", "forwarding": "no", "pin_consent": "yes", "copy_consent": "yes"}
        return self.choose(occasion="first", **said).press(Key.NEXT)

    def to_the_check(self) -> "CardWalk":
        return self.asked().found().willing().identified().filled().pictured().signed().mailed()

    def resumed_by(self, staff: Staff) -> "CardWalk":
        self.case = replace(self.case, staff=staff)
        return self
