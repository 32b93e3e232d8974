"""The faults that are planted, other than about money, and all of them together."""

from certserver.pipeline import release
from kiosk.actions import documents, paper
from kiosk.actions.dispatch import Actions
from kiosk.actions.recovery import Recovery
from kiosk.actions.slips import SlipActions
from kiosk.flow import beginning, pay, rest, service
from kiosk.flow import documents as delivered_documents
from printers.virtual import VirtualPagePrinter
from tests.incidents import (
    guards_of_keys,
    guards_of_municipalities,
    guards_of_pages,
    guards_of_seals,
    guards_of_sheets,
    guards_of_timeouts,
)
from tests.mutants import planted_money
from tests.mutants.mutant import Family, Mutant, as_it_is, by_guard, in_journey, with_deed, with_mixed_up
from tests.support.sim_board import SILENCE_KNOWN_S
from tests.support.sim_journeys import BY_BOARD, JOURNEYS, TWO_DOCUMENTS
from tests.support.sim_mixing import Mixer, the_earlier_one
from tests.support.sim_person import Person
from tests.support.sim_world import World
from tests.support.taking_out import Line

SEAL = next(each for each in JOURNEYS if each.name == "a wrong PIN first")
"""Of a certificate of a seal's registration."""
CUTS = "power cut at moment"
GUARDS = {
    guard.name: guard
    for module in (
        guards_of_keys,
        guards_of_municipalities,
        guards_of_pages,
        guards_of_seals,
        guards_of_sheets,
        guards_of_timeouts,
    )
    for guard in module.GUARDS
}


def _cut_the_board(world: World, _: Person) -> None:
    assert world.board is not None
    world.board.cut()
    world.time.run_for(2 * SILENCE_KNOWN_S)


def without_guard(fault: str, family: Family, guard: str) -> Mutant:
    """What is left when a guard and all beside it are out."""
    found = GUARDS[guard]
    return Mutant(fault, family, (*found.beside, found.line), by_guard(found))


PAPER = (
    Mutant(
        "a document that came out is not written down",
        Family.PAPER,
        (
            Line(
                paper.PaperActions.print,
                "self.journal.update(number, lambda visit: _printed(visit, document, settled, effect.fee))",
                "None",
            ),
        ),
        in_journey(TWO_DOCUMENTS, CUTS, every=3),
    ),
    Mutant(
        "a document that never reached the printer counts as delivered",
        Family.PAPER,
        (
            Line(
                delivered_documents.delivery,
                "Delivery(document, Outcome.NOT_PRINTED, 0)",
                "Delivery(document, Outcome.DELIVERED, document.sheets)",
            ),
        ),
        in_journey(TWO_DOCUMENTS, "printer's door open"),
    ),
    without_guard(
        "the terminal opens while the printer may still print for the one before",
        Family.PAPER,
        "nobody begins before the printer is cleared",
    ),
    without_guard("the sheets in a file are not counted", Family.PAPER, "sheets that are in the file"),
    Mutant(
        "a sheet with a white back counts as printed",
        Family.PAPER,
        (Line(VirtualPagePrinter.steps, "PrintFailed(0, PrinterProblem.ONE_SIDED)", "Printed(job.sheets)"),),
        in_journey(TWO_DOCUMENTS, "leaves the backs white"),
    ),
)

INCIDENTS = (
    Mutant(
        "a statement for somebody else's order is taken, at a server that mixes people up",
        Family.INCIDENT,
        (Line(documents._answering, "require_answer(statement, proven, document.line, document.copy)", "None"),),
        with_mixed_up(lambda: Mixer("Prepare", the_earlier_one), lambda: Mixer("Release", the_earlier_one)),
    ),
    Mutant(
        "a seal whose registration is deleted is certified: nothing is read again at the release",
        Family.INCIDENT,
        (
            Line(release._issue, "status.version != ready.row.register_version", "False"),
            Line(release._refused_now, "still_eligible(ready.order.lines, status)", "None"),
        ),
        in_journey(SEAL, "seal registration deleted"),
    ),
    without_guard("session numbers come of the time: two terminals at once", Family.INCIDENT, "random session id"),
    without_guard(
        "document numbers come of the time: one file name for two people", Family.INCIDENT, "random document number"
    ),
    without_guard(
        "the printing that was given up goes on and is released late", Family.INCIDENT, "closed is for good at release"
    ),
    without_guard(
        "another attempt gets the keys of the one before", Family.INCIDENT, "token of the attempt at release"
    ),
    without_guard(
        "what the one before had checked is still there", Family.INCIDENT, "a new attempt erases the one before"
    ),
    without_guard("page two is another person's", Family.INCIDENT, "numbers of an order differ"),
    without_guard("a new imprint moves no version of the register", Family.INCIDENT, "a new seal moves the version"),
    without_guard("a terminal without the fix is served", Family.INCIDENT, "minimum build"),
    without_guard("an order for the neighbouring city is prepared", Family.INCIDENT, "municipality of the order"),
)

PRIVACY = (
    Mutant(
        "a print job is named after its number",
        Family.PRIVACY,
        (Line(paper.PaperActions._print, "self.entropy(JOB_NAME_BYTES).hex()", "str(attempt)"),),
        as_it_is(TWO_DOCUMENTS),
    ),
    Mutant(
        "a resident's name stands in the journal",
        Family.PRIVACY,
        (Line(Actions._note, "reference", "'見本　kengo' if reference else reference"),),
        in_journey(TWO_DOCUMENTS, "jam on the"),
    ),
    Mutant(
        "a resident's name stands on a slip",
        Family.PRIVACY,
        (Line(SlipActions._debt, "say.happened(report, language, by_clerk=by_clerk)", "'見本　kengo'"),),
        in_journey(TWO_DOCUMENTS, "payout jams"),
    ),
    without_guard("an attempt that is over can still be read", Family.PRIVACY, "nothing of an erased attempt"),
    without_guard("an action of the attempt before reaches into the next", Family.PRIVACY, "namespace of the attempt"),
)

FLOW = (
    Mutant(
        "a visit begins over what lies there",
        Family.FLOW,
        (
            Line(
                rest.at_rest,
                "_told_by(state) | ({OutOfService.LEFT_BEHIND} if things else frozenset())",
                "state.closed_by",
            ),
            Line(
                beginning.begin, "state.closed_by or left(state) - {Belonging.CARD} or unread(state)", "unread(state)"
            ),
        ),
        in_journey(TWO_DOCUMENTS, "handbill in the tray"),
    ),
    Mutant(
        "money is asked for while the card lies there",
        Family.FLOW,
        (Line(pay.toward_pay, "Belonging.CARD in lying(state)", "False"),),
        as_it_is(TWO_DOCUMENTS),
    ),
    Mutant(
        "a visit begins while the cabinet stands open",
        Family.FLOW,
        (Line(service._cabinet, "{OutOfService.DOOR} if is_open else set()", "set()"),),
        in_journey(TWO_DOCUMENTS, "cabinet opened"),
    ),
    Mutant(
        "a visit begins while nobody knows what lies where",
        Family.FLOW,
        (Line(service._cabinet, "set() if heard else {OutOfService.SENSORS}", "set()"),),
        with_deed(BY_BOARD, "the board's line is cut before anybody comes", _cut_the_board),
    ),
    without_guard("the terminal opens over a sheet in the tray", Family.FLOW, "nobody begins over a sheet"),
    without_guard("an answer of the attempt before counts for the next", Family.FLOW, "attempt of every event"),
)

SERVER = (
    Mutant(
        "the server is not told what came of a visit that the power cut off",
        Family.SERVER,
        (Line(Recovery.run, "not settled.reported", "False"),),
        in_journey(TWO_DOCUMENTS, "power cut at screen"),
    ),
    without_guard("time does not close an order", Family.SERVER, "time closes stored bytes"),
    without_guard("a key opens what was prepared for another order", Family.SERVER, "a key opens for its order alone"),
    without_guard("a session goes on at another terminal", Family.SERVER, "terminal of the session"),
)

PLANTED: tuple[Mutant, ...] = (*planted_money.PLANTED, *PAPER, *INCIDENTS, *PRIVACY, *FLOW, *SERVER)
