"""How a visit begins: never before everything of the last one is gone (I13)."""

from dataclasses import replace

from kiosk.flow.change import Step, also, first, go, left, stay, unread, visit_of
from kiosk.flow.effects import Effect, OpenVisit, ReadCard
from kiosk.flow.ending import end
from kiosk.flow.scenes import ReadingCard, Scene
from kiosk.flow.state import Terminal, Visit
from kiosk.flow.values.service import Belonging


def begin(state: Terminal, scene: Scene, *effects: Effect) -> Step:
    """A new visit, unless something of the last one still lies there or the terminal is out of service (I13)."""
    if state.closed_by or left(state) - {Belonging.CARD} or unread(state):
        return stay(state)
    attempt = state.attempts + 1
    opened = replace(state, visit=Visit(attempt), attempts=attempt, unheard_money=None)
    return go(opened, scene, OpenVisit(attempt), *effects)


def begin_with_card(state: Terminal) -> Step:
    """A card on the reader begins a visit by itself."""
    step = begin(state, ReadingCard())
    return also(step, ReadCard(visit_of(step[0]).attempt)) if step[0].visit is not None else step


def another_card(state: Terminal) -> Step:
    """After a card was declined another one, or the same again, is put on the reader: a new visit."""
    if state.closed_by or left(state) - {Belonging.CARD}:
        return stay(state)
    erased, effects = end(state)
    return first(effects, begin_with_card(erased))
