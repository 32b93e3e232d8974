"""A virtual sensor board on a name of one's own, steered by words typed at it (`python -m hardware.sensors.board.cli
PORT`), for whoever tries a terminal with `sensors = "serial:PORT"` and has no board."""

from collections.abc import Callable, Iterable

from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.model import Lamp, Place, Power
from hardware.sensors.virtual import VirtualSurroundings

PLACES = {
    "sheets": Place.SHEET_TRAY,
    "change": Place.CHANGE_TRAY,
    "receipt": Place.RECEIPT_SLOT,
    "card": Place.CARD_SLOT,
}

HELP = """put or take, and sheets, change, receipt or card
person here, person gone
door open, door shut
power mains, power battery, power low
cable out, cable in
board silent, board speaks
show
quit"""


def steer(board: PtyBoard, typed: Iterable[str], say: Callable[[str], None]) -> None:
    """Does what is typed, a line each, until `quit` or the end."""
    around = board.board.around
    deeds = _deeds(board, around)
    for line in typed:
        words = " ".join(line.split())
        if words == "quit":
            return
        if words == "show":
            say(shown(board))
        elif words in deeds:
            deeds[words]()
        elif words:
            say(HELP)


def shown(board: PtyBoard) -> str:
    """What the board sees, and what the kiosk wants of it."""
    around = board.board.around
    full = [name for name, place in PLACES.items() if around.lying(place)]
    restarts = ", ".join(each.value for each in board.board.cycles) or "none"
    person, door = "here" if around.present else "gone", "open" if around.door_open else "shut"
    cable, down = "in" if board.plugged else "out", "yes" if around.goes_down else "no"
    lines = (
        f"full: {', '.join(full) or 'nothing'}",
        f"person: {person}, door: {door}, power: {around.power.value}, cable: {cable}",
        f"lamp: {around.shown.value}, fed: {around.fed} times, machine goes down: {down}, restarts: {restarts}",
    )
    return "\n".join(lines)


def _deeds(board: PtyBoard, around: VirtualSurroundings) -> dict[str, Callable[[], object]]:
    def cable(*, plugged: bool) -> None:
        board.plugged = plugged

    deeds: dict[str, Callable[[], object]] = {
        "person here": around.arrive,
        "person gone": around.leave,
        "door open": around.open_door,
        "door shut": around.shut_door,
        "cable out": lambda: cable(plugged=False),
        "cable in": lambda: cable(plugged=True),
        "board silent": around.fall_silent,
        "board speaks": around.speak_again,
    }
    for name, place in PLACES.items():
        deeds[f"put {name}"] = lambda place=place: around.put(place, "a thing")  # type: ignore[misc]
        deeds[f"take {name}"] = lambda place=place: around.take(place)  # type: ignore[misc]
    for power in Power:
        deeds[f"power {power.value}"] = lambda power=power: around.run_on(power)  # type: ignore[misc]
    return deeds


class ToldLamp(VirtualSurroundings):
    """Surroundings whose lamp is a line of text."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say

    def lamp(self, lamp: Lamp) -> None:
        """Says what it shows now."""
        before = self.shown
        super().lamp(lamp)
        if self.shown is not before:
            self._say(f"lamp: {lamp.value}")
