"""What slips of the case of X.509s and PINs say: where to go instead, and what was done."""

from dataclasses import dataclass

from hardware.card.model import Usage
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.slip_actions import BlankSlip, CounterSlipActions
from kiosk.counter.x509_pin.effects import PrintDone, PrintGuide
from kiosk.counter.x509_pin.values import Wish
from printers.slips.content import Section

TEXTS = "counter-x509"


@dataclass(frozen=True, slots=True)
class CaseSlips:
    """The slips of this case, on the counter's slip desk. All of it is simulated, and each says so."""

    desk: CounterSlipActions

    def guide(self, effect: PrintGuide, tell: DeskTell) -> None:
        """Why not here, and where."""
        slip = self.desk.blank(TEXTS)
        say = slip.say
        sections = [
            slip.section("slip.wish", say(f"wish.{effect.wish.value}.name")),
            slip.section("slip.why", say(f"why.{effect.why.value}.slip")),
        ]
        if effect.since is not None:
            sections.append(slip.section("slip.since", slip.day(effect.since)))
        if effect.instead:
            places = slip.places(effect.instead, lives_here=effect.lives_here)
            sections.append(slip.section("slip.where", *places))
            sections.append(slip.section("slip.bring", say("slip.bring_text")))
        sections.append(slip.section("slip.ask", say("not-here.phone")))
        self.desk.settle(effect.number, slip.note("slip.guide", sections, above=say("simulated")), tell)

    def done(self, effect: PrintDone, tell: DeskTell) -> None:
        """What was done, and what comes next."""
        slip = self.desk.blank(TEXTS)
        say = slip.say
        usages = effect.usages if effect.wish.of_usages else ()
        sections = (
            slip.section(
                "slip.wish",
                say(f"wish.{effect.wish.value}.name"),
                *(say(f"usage.{usage.value}") for usage in usages),
            ),
            slip.section("slip.result", say(f"ending.{effect.ending}.slip")),
            _next(slip, effect),
        )
        note = slip.note("slip.done", sections, number=("slip.mark", effect.mark), above=say("simulated"))
        self.desk.settle(effect.number, note, tell)


def _next(slip: BlankSlip, effect: PrintDone) -> Section:
    done = effect.ending == "done"
    signing = done and effect.wish is Wish.RENEW and Usage.SIGNING in effect.usages
    return slip.section(
        "slip.next",
        slip.say(f"next.{effect.wish.value if done else effect.ending}"),
        *((slip.say("next.signing"),) if signing else ()),
    )
