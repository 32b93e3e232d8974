"""The basket: lines that are complete, their copies, and the ways back to what was chosen of each."""

from dataclasses import replace

from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.choices import choices, chosen_by, first_choice, offer_of
from kiosk.flow.scenes import Confirm
from kiosk.flow.state import Terminal
from kiosk.flow.touches import CopiesChanged, LineChanged, LineRemoved
from kiosk.flow.values.order import Line
from koufu.evidence.order import MAX_LINES


def begin_line(state: Terminal, line: Line) -> Step:
    """To the first screen of a new line, or straight to the basket when there is nothing to choose."""
    screens = choices(offer_of(visit_of(state)), line, None)
    return go(state, screens[0]) if screens else add_line(state, line, None)


def add_line(state: Terminal, line: Line, editing: int | None) -> Step:
    """The line stands in the basket, new or in its old place."""
    visit = visit_of(state)
    basket = (
        (*visit.basket, line)
        if editing is None
        else tuple(line if at == editing else other for at, other in enumerate(visit.basket))
    )
    return go(with_visit(state, replace(visit, basket=basket, draft=None)), Confirm())


def copies_changed(state: Terminal, touch: CopiesChanged) -> Step:
    """One copy more or less, within what is offered."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    line = visit.basket[touch.line]
    offered = offer_of(visit).of(line.kind)
    copies = line.copies + touch.by
    if offered is None or not 1 <= copies <= offered.max_copies:
        return stay(state)
    return add_line(state, replace(line, copies=copies), touch.line)


def line_changed(state: Terminal, touch: LineChanged) -> Step:
    """Back to the choices of one line."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    screens = choices(offer_of(visit), visit.basket[touch.line], touch.line)
    return go(state, screens[0]) if screens else stay(state)


def line_removed(state: Terminal, touch: LineRemoved) -> Step:
    """A line less; with none left the choice begins anew."""
    visit = visit_of(state)
    if not 0 <= touch.line < len(visit.basket):
        return stay(state)
    basket = tuple(line for at, line in enumerate(visit.basket) if at != touch.line)
    state = with_visit(state, replace(visit, basket=basket, draft=None, origin=None))
    return go(state, Confirm() if basket else first_choice(offer_of(visit)))


def another_line(state: Terminal) -> Step:
    """One more certificate, while there is room."""
    visit = visit_of(state)
    if len(visit.basket) >= MAX_LINES:
        return stay(state)
    return go(with_visit(state, replace(visit, draft=None, origin=None)), first_choice(offer_of(visit)))


def back_from_confirm(state: Terminal) -> Step:
    """The last line is taken up again as it was, on its last screen."""
    visit = visit_of(state)
    line = visit.basket[-1]
    visit = replace(visit, basket=visit.basket[:-1], draft=line)
    screens = choices(offer_of(visit), line, None)
    return go(with_visit(state, visit), screens[-1] if screens else chosen_by(visit))
