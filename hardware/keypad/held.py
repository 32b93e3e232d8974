"""PINs that were typed and wait for the command that carries them: each in its own buffer, all wiped at once (I11)."""

from datetime import date

from hardware.keypad.pin import HolderPin
from hardware.keypad.pin_rules import PinJudgement, PinPolicy, judge


class HeldPins:
    """The PINs of one visit by a name each. Neither their number of signs nor anything else of them shows."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[str, HolderPin] = {}

    def __repr__(self) -> str:
        return f"<HeldPins {', '.join(sorted(self._held))}>"

    def hold(self, name: str, pin: HolderPin) -> None:
        """Keeps it; one of the same name is wiped."""
        self.wipe(name)
        self._held[name] = pin

    def judged(self, name: str, born: date | None, policy: PinPolicy) -> PinJudgement:
        """What becomes of a held PIN as a newly chosen one. Raises `KeyError`."""
        return judge(self._held[name], born, policy)

    def alike(self, one: str, other: str) -> bool:
        """Whether two held PINs are the same, without a copy of either. Raises `KeyError`."""
        with self._held[one].view() as first, self._held[other].view() as second:
            return first == second

    def take(self, name: str) -> HolderPin:
        """Hands it over; whoever gets it wipes it. Raises `KeyError`."""
        return self._held.pop(name)

    def hand_over(self) -> "HeldPins":
        """All of them, for whoever does what they were typed for; none is left here."""
        other = HeldPins()
        self._held, other._held = other._held, self._held
        return other

    def wipe(self, name: str) -> None:
        """Overwrites one, if it is held."""
        held = self._held.pop(name, None)
        if held is not None:
            held.wipe()

    def wipe_all(self) -> None:
        """Overwrites all of them."""
        for name in tuple(self._held):
            self.wipe(name)
