"""Against Kawasaki: no key is made of the time, nothing is written over, and what was written over all the same is
found before it leaves (I1, I4). The clock of these tests stands still, so that whatever is made of it collides."""

from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from certserver.ledger import book
from certserver.pipeline import binding, prepare, sessions
from certserver.storage.visits import prepared_documents
from tests.incidents.guard import Guard, Incident, each_alone
from tests.support.server import ServerForTests, a_server
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, Visit
from tests.support.taking_out import Line

KAWASAKI = Incident.TWO_TERMINALS_IN_ONE_SECOND


def two_people(server: ServerForTests) -> tuple[Visit, Visit]:
    return server.visit("kengo"), server.visit("taro", "kiosk-2")


def the_later_session_takes_the_place_of_the_earlier(folder: Path) -> bool:
    """The first card answers, and is offered what the second may have."""
    with a_server(folder) as server:
        first, second = two_people(server)
        first.open()
        try:
            second.open()
        except IntegrityError:
            return False
        offered = first.answer_challenge().offer
        return any("taro" in member.name for member in offered.members)


def two_documents_bear_one_number(folder: Path) -> bool:
    with a_server(folder) as server:
        numbers = []
        for visit in two_people(server):
            visit.offer()
            visit.prepare(visit.order(RESIDENCE))
            numbers += [reply.HasField("issued") and visit.documents[0].document_no for reply in visit.release()]
        return numbers[0] == numbers[1]


def two_copies_of_an_order_bear_one_number(folder: Path) -> bool:
    with a_server(folder) as server:
        visit, _ = two_people(server)
        visit.offer()
        visit.prepare(visit.order(RESIDENCE, HOUSEHOLD))
        numbers = {document.document_no for document in visit.documents}
        return visit.release()[0].HasField("issued") and len(numbers) < len(visit.documents)


def the_later_document_takes_the_place_of_the_earlier(folder: Path) -> bool:
    """The answer to the first was lost: it asks again, and gets, pays and prints what lies in its place."""
    with a_server(folder) as server:
        first, second = two_people(server)
        for visit in (first, second):
            visit.offer()
            visit.prepare(visit.order(HOUSEHOLD))
        write_over(server, first, second)
        first.prepare()
        replies = first.release()
        return replies[0].HasField("issued") and b"taro" in first.accept(replies)[0].file


def write_over(server: ServerForTests, first: Visit, second: Visit) -> None:
    with server.database.writing() as connection:
        of_second = prepared_documents.c.order_id == second.order_id
        row = connection.execute(select(prepared_documents).where(of_second)).mappings().one()
        later = {name: value for name, value in row.items() if name not in {"municipality", "order_id"}}
        connection.execute(prepared_documents.delete().where(of_second))
        connection.execute(
            update(prepared_documents).where(prepared_documents.c.order_id == first.order_id).values(**later)
        )


OF_THE_TIME = "document_number(at.to_bytes(RANDOM_BYTES, 'big'))"
RANDOM_NUMBER = Line(prepare._make, "document_number(parts.entropy(RANDOM_BYTES))", OF_THE_TIME)

GUARDS: tuple[Guard, ...] = (
    *each_alone(
        KAWASAKI,
        the_later_session_takes_the_place_of_the_earlier,
        random_session_id=Line(
            sessions.open_session, "parts.entropy(SESSION_ID_BYTES)", "at.to_bytes(SESSION_ID_BYTES, 'big')"
        ),
        a_session_is_inserted_and_never_written_over=Line(
            sessions.open_session,
            "_INSERT.run(connection, row)",
            "Change(_INSERT.clause.prefix_with('OR REPLACE')).run(connection, row)",
        ),
        a_session_belongs_to_a_terminal=Line(sessions.read_session, "row.terminal == caller.terminal", "True"),
        the_card_answers_its_own_challenge=Line(
            sessions._offer, "not answered_by_card(parts, session, session.challenge, answer)"
        ),
    ),
    *each_alone(
        KAWASAKI,
        two_documents_bear_one_number,
        random_document_number=RANDOM_NUMBER,
        a_document_number_stands_once_in_the_ledger=Line(
            book.Book.write, "_APPEND_LEDGER", "Change(_APPEND_LEDGER.clause.prefix_with('OR REPLACE'))"
        ),
    ),
    *each_alone(
        KAWASAKI,
        two_copies_of_an_order_bear_one_number,
        random_document_number_within_an_order=RANDOM_NUMBER,
        document_numbers_of_an_order_differ=Line(
            binding.open_documents, "len({document.document_no for document in stored}) != len(stored)"
        ),
        every_document_number_stands_once_in_the_ledger=Line(
            book.Book.write, "_APPEND_LEDGER", "Change(_APPEND_LEDGER.clause.prefix_with('OR REPLACE'))"
        ),
    ),
    *each_alone(
        KAWASAKI,
        the_later_document_takes_the_place_of_the_earlier,
        a_key_opens_for_its_order_alone=Line(
            binding._key_context, "b'document key ' + order_id + document_no.encode()", "b''"
        ),
        a_document_is_bound_to_its_proof=Line(
            binding.open_documents,
            "not hmac.compare_digest(_binding(document, proof_hash, key), document.binding)",
        ),
    ),
)
