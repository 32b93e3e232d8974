"""The errand of somebody whose koseki another municipality keeps: applying there, by touching the real buttons. The
officer's decision between the two visits is a command of that municipality's own server."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.playing.twelve_keys import is_figure, keys_of
from kiosk.demo.residents.script import PIN, Hands, is_a, typed
from kiosk.demo.stage.site import NEIGHBOUR
from kiosk.flow import enrol, scenes, typing
from kiosk.flow.claims import EnrolmentField
from kiosk.flow.scenes import Enrol, Scene
from kiosk.screens.window import KioskWindow

_SAID = (
    (EnrolmentField.DOMICILE, "れいじし2-4"),
    (EnrolmentField.HEAD, "よしだ"),
    (EnrolmentField.NAME, "よしだかずこ"),
    (EnrolmentField.BORN, "19471208"),
    (EnrolmentField.PHONE, "0990000000"),
    (EnrolmentField.FORMER, ""),
)
"""What the applicant says. Nobody has the telephone."""

_IN_FIGURES = (EnrolmentField.BORN, EnrolmentField.PHONE, EnrolmentField.FORMER)


def to_the_neighbour(window: KioskWindow) -> tuple[ResidentDeed, ...]:
    """From the question where one's koseki is to the card."""
    return (
        Deed("where", is_a(scenes.ChooseWhere), lambda: window.touch("koseki-elsewhere")),
        Deed("municipality", is_a(scenes.ChooseMunicipality), lambda: window.touch(f"municipality-{NEIGHBOUR}")),
    )


def apply_steps(window: KioskWindow, hands: Hands, card: str) -> tuple[ResidentDeed, ...]:
    """From the start screen to the start screen, with a number on a slip."""
    touch = window.touch

    def type_pin() -> None:
        for digit in PIN:
            touch(f"digit-{digit}")

    def leave() -> None:
        hands.take_card()
        hands.take_everything()
        touch("primary")

    return (
        Deed("start", is_a(scenes.Start), lambda: touch("primary")),
        *to_the_neighbour(window),
        Deed("put-card", is_a(scenes.AwaitCard), lambda: hands.put_card(card)),
        Deed("pin", typed(0), type_pin),
        Deed("pin-typed", typed(len(PIN)), lambda: touch("primary")),
        Deed("not-enrolled", is_a(scenes.OfferEnrolment), lambda: touch("primary")),
        *(look for field, text in _SAID for look in _typing(window, field, text)),
        Deed("review", is_a(scenes.ReviewEnrolment), lambda: touch("primary")),
        Deed("applied", _has_slip, leave),
    )


def _typing(window: KioskWindow, field: EnrolmentField, text: str) -> Iterator[ResidentDeed]:
    """One look for each key: what it gives is on the screen before the next one is touched."""
    scene = Enrol(field, typing.Typed(), figures=field in _IN_FIGURES)
    for sign in text:
        if is_figure(sign) is not scene.figures:
            yield Deed("type", _is(scene), partial(window.touch, "other-signs"))
            scene = replace(scene, figures=not scene.figures, typed=typing.settled(scene.typed))
        first, *more = keys_of(sign)
        if scene.typed.last == first:
            yield Deed("type", _is(scene), partial(window.touch, "next-sign"))
            scene = replace(scene, typed=typing.settled(scene.typed))
        for key in (first, *more):
            yield Deed("type", _is(scene), partial(window.touch, f"key-{key}"))
            scene = replace(scene, typed=enrol.pressed(scene, key))
    yield Deed("typed", _is(scene), partial(window.touch, "primary"))


def _is(wanted: Enrol) -> Callable[[Scene], bool]:
    return lambda scene: scene == wanted


def _has_slip(scene: Scene) -> bool:
    return isinstance(scene, scenes.Enrolled) and scene.slip
