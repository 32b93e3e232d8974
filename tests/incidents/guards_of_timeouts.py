"""Against Yokohama: nothing that comes after its time, or from another attempt, gets a document or a key (I2)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event

from certserver.pipeline import orders, prepare, release
from certserver.registers.writing import write_registered_seal
from kiosk.actions.attempt import AttemptOver, Attempts
from kiosk.flow import rest, step
from kiosk.flow.events import DocumentSettled
from kiosk.flow.scenes import Start
from kiosk.flow.values.service import OutOfService
from koufu.v1 import issuance_pb2 as wire
from printers.model import Printed
from tests.incidents.guard import Guard, Incident, all_needed, each_alone
from tests.support.kiosk_journey import Walk, chosen, identified, paid, printing, proven, to_pay
from tests.support.kiosk_samples import open_terminal
from tests.support.registers import make_seal
from tests.support.server import ServerForTests, a_server
from tests.support.server_documents import PlainDocuments
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, SEAL, Visit
from tests.support.taking_out import Line

YOKOHAMA = Incident.TIMEOUT_RELEASES_A_LOCK
OTHER_TOKEN = b"another attempt."


def prepared(server: ServerForTests) -> Visit:
    visit = server.visit("kengo")
    visit.offer()
    assert visit.prepare(visit.order(RESIDENCE, SEAL))[0].HasField("document")
    return visit


def keys_came(replies: list[wire.ReleaseReply]) -> bool:
    return any(reply.HasField("issued") for reply in replies)


def bytes_came(replies: list[wire.PrepareReply]) -> bool:
    return any(reply.HasField("document") for reply in replies)


def asks_again(visit: Visit, token: bytes) -> bool:
    """Whether an attempt gets bytes for an order that was prepared before."""
    assert visit.proven is not None
    return bytes_came(
        visit.line.prepare(
            wire.PrepareRequest(
                municipality=MUNICIPALITY,
                session_id=visit.session_id,
                attempt_token=token,
                order=visit.proven.evidence,
                proof=visit.proven.proof,
            )
        )
    )


def after(trouble: Callable[[ServerForTests, Visit], object], then: Callable[[Visit], bool]) -> Callable[[Path], bool]:
    """A visit prepares its documents; `trouble` comes; `then` says whether something left that must not."""

    def happens(folder: Path) -> bool:
        with a_server(folder) as server:
            visit = prepared(server)
            trouble(server, visit)
            return then(visit)

    return happens


def time_runs_out(_server: ServerForTests, visit: Visit) -> None:
    """The terminal's time limit: it gives the order up and says so."""
    visit.report("")


def a_quarter_of_an_hour(server: ServerForTests, _visit: Visit) -> None:
    server.clock.advance(900)


def the_register_moves(server: ServerForTests, visit: Visit) -> None:
    with server.database.writing() as connection:
        write_registered_seal(connection, MUNICIPALITY, make_seal("kengo"))
    assert visit.release()[0].prepare_again


def nothing(_server: ServerForTests, _visit: Visit) -> None:
    """No trouble but the one that asks."""


def released_late(visit: Visit) -> bool:
    return keys_came(visit.release())


def prepared_late(visit: Visit) -> bool:
    return asks_again(visit, visit.attempt_token)


def released_by_another_attempt(visit: Visit) -> bool:
    return keys_came(visit.release(token=OTHER_TOKEN))


def prepared_by_another_attempt(visit: Visit) -> bool:
    return asks_again(visit, OTHER_TOKEN)


def given_up_while_the_lock_is_waited_for(folder: Path) -> bool:
    with a_server(folder) as server:
        visit = prepared(server)
        waited = False

        def give_up(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            nonlocal waited
            if statement == "BEGIN IMMEDIATE" and not waited:
                waited = True
                visit.report("")

        event.listen(server.database.engine, "before_cursor_execute", give_up)
        return released_late(visit)


def given_up_while_it_is_drawn(folder: Path) -> bool:
    documents = PlainDocuments()
    with a_server(folder, documents=documents) as server:
        visit = server.visit("kengo")
        visit.offer()

        def give_up(_made: int) -> None:
            visit.report("")

        documents.meanwhile = give_up
        return bytes_came(visit.prepare(visit.order(RESIDENCE)))


def an_answer_of_the_attempt_before_at_the_terminal(_folder: Path) -> bool:
    state = Walk().go(*identified(), *chosen(), *proven(), *to_pay(), *paid(), *printing()).state
    assert state.visit is not None
    late = DocumentSettled(state.visit.attempt - 1, Printed(1))
    return step.step(state, late, Walk().rules)[0] != state


def the_terminal_opens_while_the_printer_may_still_print(_folder: Path) -> bool:
    silent = replace(open_terminal(), out_of_service=frozenset({OutOfService.PRINTER}))
    return isinstance(rest.at_rest(silent).scene, Start)


def an_action_of_the_attempt_before_reaches_into_the_next(_folder: Path) -> bool:
    attempts = Attempts()
    attempts.open(1, "4Q7-K2M")
    attempts.open(2, "7K2-M4Q")
    try:
        return attempts.of(1).number > 1
    except AttemptOver:
        return False


SAME_TOKEN = Line(orders.OrderRow.belongs_to, "self.token_hash == token_hash(attempt_token)", "True")
GONE_WITH_IT = Line(
    orders.move_order, "_DELETE_DOCUMENTS.run(connection, {'of': municipality, 'which': order_id})", "None"
)

GUARDS: tuple[Guard, ...] = (
    *all_needed(YOKOHAMA, after(nothing, released_by_another_attempt), token_of_the_attempt_at_release=SAME_TOKEN),
    *all_needed(
        YOKOHAMA,
        after(nothing, prepared_by_another_attempt),
        token_of_the_attempt_at_prepare=SAME_TOKEN,
        same_attempt_for_stored_bytes=Line(prepare._again, "not _same_attempt(row, caller, asked)"),
    ),
    *all_needed(
        YOKOHAMA,
        after(the_register_moves, prepared_by_another_attempt),
        same_attempt_for_a_stale_order=Line(prepare._judge, "not _same_attempt(before, caller, asked)"),
    ),
    *each_alone(
        YOKOHAMA,
        after(time_runs_out, released_late),
        closed_is_for_good_at_release=Line(release._get_ready, "row.state is OrderState.CLOSED"),
        documents_go_when_an_order_closes=GONE_WITH_IT,
    ),
    *each_alone(
        YOKOHAMA,
        after(time_runs_out, prepared_late),
        closed_is_for_good_at_prepare=Line(
            prepare._again, "row.state in (OrderState.PREPARED, OrderState.RELEASED)", "True"
        ),
        no_bytes_of_a_closed_order=GONE_WITH_IT,
    ),
    *each_alone(
        YOKOHAMA,
        after(a_quarter_of_an_hour, released_late),
        time_closes_before_the_lock=Line(release._get_ready, "row.expires_at <= at"),
        time_closes_under_the_lock=Line(release._refused_now, "ready.row.expires_at <= unix(now)"),
    ),
    *all_needed(
        YOKOHAMA,
        after(a_quarter_of_an_hour, prepared_late),
        time_closes_stored_bytes=Line(prepare._again, "unix(now) < row.expires_at", "True"),
    ),
    *all_needed(
        YOKOHAMA,
        given_up_while_the_lock_is_waited_for,
        the_order_is_read_again_under_the_lock=Line(release._issue, "current != ready.row"),
    ),
    *all_needed(
        YOKOHAMA,
        given_up_while_it_is_drawn,
        the_order_is_read_again_before_it_is_stored=Line(
            prepare._store, "first is not None and first != judged.before"
        ),
    ),
    *all_needed(
        YOKOHAMA,
        an_answer_of_the_attempt_before_at_the_terminal,
        attempt_of_every_event=Line(step.follow, "state.visit.attempt != event.attempt"),
    ),
    *all_needed(
        YOKOHAMA,
        the_terminal_opens_while_the_printer_may_still_print,
        nobody_begins_before_the_printer_is_cleared=Line(
            rest.at_rest,
            "_told_by(state) | ({OutOfService.LEFT_BEHIND} if things else frozenset())",
            "frozenset({OutOfService.LEFT_BEHIND}) if things else frozenset()",
        ),
    ),
    *all_needed(
        YOKOHAMA,
        an_action_of_the_attempt_before_reaches_into_the_next,
        namespace_of_the_attempt=Line(Attempts.of, "current.number != number"),
    ),
)
