"""What slips of a hand-over say: where to go instead, and that a card was handed over."""

from dataclasses import dataclass

from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.slip_actions import CounterSlipActions
from kiosk.counter.hand_over.effects import PrintDone, PrintGuide

TEXTS = "counter-hand"


@dataclass(frozen=True, slots=True)
class HandOverSlips:
    """The slips of this case, on the counter's slip desk."""

    desk: CounterSlipActions

    def guide(self, effect: PrintGuide, tell: DeskTell) -> None:
        """Why not here, and where."""
        slip = self.desk.blank(TEXTS)
        say, alone = slip.say, "_alone" if effect.alone else ""
        sections = [
            slip.section("slip.about", say(f"slip.wish{alone}")),
            slip.section("slip.why", say.known("why", effect.refusal.reason)),
        ]
        if effect.refusal.instead:
            sections.append(slip.section("slip.where", *slip.places(effect.refusal.instead)))
            sections.append(slip.section("slip.bring_head", say(f"slip.bring{alone}")))
        self.desk.settle(effect.number, slip.note("slip.guide", sections), tell)

    def done(self, effect: PrintDone, tell: DeskTell) -> None:
        """It was handed over, and how its PINs came onto it."""
        slip = self.desk.blank(TEXTS)
        say = slip.say
        sections = (
            slip.section("slip.about", say("slip.delivered")),
            slip.section("slip.pins_head", say(f"slip.pins.{effect.pin_setting}")),
            slip.section("slip.next_head", say("slip.next")),
            slip.section("slip.lost_head", say("slip.lost")),
        )
        above = say("simulated") if effect.mark else ""
        note = slip.note("slip.done", sections, number=("slip.mark", effect.mark), above=above)
        self.desk.settle(effect.number, note, tell)
