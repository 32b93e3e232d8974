"""Where a visit goes: to the municipality in which the terminal stands, or to the one that keeps the person's koseki,
found by prefecture and name in the signed directory."""

from dataclasses import replace

from kiosk.flow.beginning import begin
from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.identify import read_card
from kiosk.flow.scenes import AwaitCard, ChooseMunicipality, ChooseWhere
from kiosk.flow.state import Terminal
from kiosk.flow.values.board import Municipality


def ask(state: Terminal) -> Step:
    """A visit begins with the question."""
    return begin(state, ChooseWhere())


def here(state: Terminal) -> Step:
    """Where one lives: the terminal's own municipality."""
    return _to_card(with_visit(state, replace(visit_of(state), elsewhere=None)))


def there(state: Terminal) -> Step:
    """Where the koseki is: which municipality?"""
    return go(state, ChooseMunicipality(_only_prefecture(state)))


def prefecture_chosen(state: Terminal, prefecture: str) -> Step:
    """On to its municipalities."""
    return go(state, ChooseMunicipality(prefecture)) if prefecture in prefectures(state) else stay(state)


def municipality_chosen(state: Terminal, code: str) -> Step:
    """The visit goes there."""
    chosen = next((each for each in state.koseki_at if each.code == code), None)
    return stay(state) if chosen is None else _to_card(with_visit(state, replace(visit_of(state), elsewhere=chosen)))


def back(state: Terminal, scene: ChooseMunicipality) -> Step:
    """One step."""
    if scene.prefecture is not None and _only_prefecture(state) is None:
        return go(state, ChooseMunicipality(None))
    return go(state, ChooseWhere())


def prefectures(state: Terminal) -> tuple[str, ...]:
    """In the order of their codes."""
    return tuple(dict.fromkeys(each.prefecture for each in sorted(state.koseki_at, key=lambda each: each.code)))


def of_prefecture(state: Terminal, prefecture: str) -> tuple[Municipality, ...]:
    """By their kana."""
    found = (each for each in state.koseki_at if each.prefecture == prefecture)
    return tuple(sorted(found, key=lambda each: (each.kana, each.code)))


def _only_prefecture(state: Terminal) -> str | None:
    found = prefectures(state)
    return found[0] if len(found) == 1 else None


def _to_card(state: Terminal) -> Step:
    return read_card(state) if state.card_present else go(state, AwaitCard())
