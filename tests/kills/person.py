"""A resident outside of every process: sees the screen, touches keys, has card and money in hand, and does what the
screen says. Knows nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.card.virtual.persona import PIN
from tests.kills.office import Office
from tests.kills.plans import Instant

Seen = Mapping[str, object]


@dataclass
class Person:
    """Comes for what the instant says. `here` until they walk away."""

    office: Office
    instant: Instant
    here: bool = True
    put_in: int = 0
    served: bool = False
    """Whether they saw any other screen than the first."""
    _pieces: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._pieces = list(self.instant.pieces)

    def arrive(self) -> None:
        """Walks up to the terminal."""
        self.office.around.arrive()

    def leave(self) -> None:
        """Walks away; what lies there lies there."""
        self.here = False
        self.office.around.leave()

    def act(self, seen: Seen) -> None:
        """One look at the screen, and what follows."""
        office = self.office
        if seen["overlay"] == "IdleWarning":
            office.terminal.touch("primary")
            return
        self.served = self.served or seen["scene"] not in ("Start", "Closed")
        match seen["scene"]:
            case "Start":
                self._at_the_start()
            case "AwaitCard":
                self._put_card()
            case "EnterPin":
                self._type(seen)
            case "ChoosePurpose" | "ChooseOptions" | "Advised" | "Confirm":
                self._choose(seen)
            case "TakeCard":
                office.take_card()
            case "Pay":
                self._pay(seen)
            case _:
                self._at_the_end(seen)

    def _at_the_end(self, seen: Seen) -> None:
        office = self.office
        match seen["scene"]:
            case "TakeSheets":
                office.take_everything()
                if not seen["waiting"]:
                    office.terminal.touch("primary")
            case "Declined":
                office.take_everything()
                office.terminal.touch("primary")
            case "Fault" if seen["slip"] != "coming":
                office.take_everything()
                office.terminal.touch("primary")
            case "TakeBelongings":
                office.take_everything()
            case "Closed" if self.served:
                office.take_everything()
                self.leave()
            case "Closed":
                # It may open again.
                office.take_card()
            case _:
                pass

    def _at_the_start(self) -> None:
        if self.served:
            self.office.take_everything()
            self.leave()
        else:
            self._put_card()

    def _put_card(self) -> None:
        if not self.office.on_reader:
            self.office.put_card(self.instant.resident)

    def _type(self, seen: Seen) -> None:
        if not seen["digits"]:
            self.office.terminal.touch(*(f"digit-{digit}" for digit in PIN), "primary")

    def _choose(self, seen: Seen) -> None:
        touch = self.office.terminal.touch
        lines = seen["lines"]
        assert isinstance(lines, int)
        wanted = self.instant.purposes
        if seen["scene"] == "ChoosePurpose" and not seen["chosen"]:
            touch(f"purpose-{wanted[min(lines, len(wanted) - 1)]}")
        elif seen["scene"] == "Confirm" and lines < len(wanted):
            touch("add-line")
        else:
            touch("primary")

    def _pay(self, seen: Seen) -> None:
        held = seen["held"]
        assert isinstance(held, int)
        if held >= self.instant.fee:
            self.office.terminal.touch("primary")
        elif seen["accepted"] and self._pieces and self.office.insert(self._pieces[0]):
            self.put_in += self._pieces.pop(0)
        elif seen["accepted"] and not self._pieces:
            self.office.terminal.touch("back")
