"""What slips of card applications say: where to go instead, and the receipt (受付票)."""

from dataclasses import dataclass
from datetime import date

from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.slip_actions import CounterSlipActions, SlipWords
from kiosk.counter.card_application.case import reception_number
from kiosk.counter.card_application.effects import PrintGuidance, PrintReceipt
from kiosk.counter.card_application.values import Granted
from printers.slips import build, content

TEXTS = "counter-card"
FREE_DIAL = "0120-95-0178"
"""マイナンバー総合フリーダイヤル"""


@dataclass(frozen=True, slots=True)
class CardSlips:
    """The slips of this case, on the counter's slip desk."""

    desk: CounterSlipActions

    def guidance(self, effect: PrintGuidance, tell: DeskTell) -> None:
        """Why not here, and where to go."""
        slip, refusal = self.desk.blank(TEXTS), effect.refusal
        home = slip.home()
        other = tuple(place.name for place in refusal.instead if place.kind == "post-office" and place.name)
        guidance = content.Guidance(
            terminal=slip.terminal,
            moment=slip.moment,
            reason=_why(slip.say, effect),
            offices=(*(() if home is None else (home,)), *(content.Office(name, "") for name in other)),
            bring=(slip.say("slip.bring"),),
            notes=(slip.say("slip.free_dial", number=FREE_DIAL),),
            language=slip.language,
        )
        self.desk.settle(effect.number, build.guidance(guidance), tell)

    def receipt(self, effect: PrintReceipt, tell: DeskTell) -> None:
        """受付票."""
        slip, granted = self.desk.blank(TEXTS), effect.granted
        say = slip.say
        sections = (
            slip.section("slip.what", say("slip.taken_in")),
            slip.section("slip.next", say("slip.reviewed")),
            slip.section(
                f"slip.way.{effect.route}",
                say(f"slip.arrives.{effect.route}") if granted is None else _range(say, granted),
            ),
            slip.section("slip.keep", say("slip.free_dial", number=FREE_DIAL)),
        )
        number = ("slip.number", reception_number(effect.mirror.application))
        self.desk.settle(effect.number, slip.note("slip.title", sections, number=number), tell)


def _why(say: SlipWords, effect: PrintGuidance) -> str:
    """Why it may not be done here, in one sentence that fits what was asked."""
    reason = effect.refusal.reason
    express = reason in ("never-here", "not-yet-or-any-more") and effect.asked.procedure == "express"
    return say.known("refused", "express" if express else reason)


def _range(say: SlipWords, granted: Granted) -> str:
    first, last = date.fromisoformat(granted.likely_from), date.fromisoformat(granted.likely_to)
    text = say("slip.range", m1=first.month, d1=first.day, m2=last.month, d2=last.day)
    return text + say("slip.beyond") if granted.beyond_a_week else text
