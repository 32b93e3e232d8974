"""Against Munakata: nothing of a visit is left for the next person, nothing of it answers another order, and a node
that lacks a fix serves nobody (I1, I2, I8)."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import update

from certserver.pipeline import admission, prepare, sessions
from certserver.storage.admission import node_rules
from hardware.sensors.model import Place
from kiosk.actions import documents as kiosk_documents
from kiosk.actions.attempt import Attempt, AttemptOver, Attempts
from kiosk.flow import rest
from kiosk.flow.scenes import Start
from koufu.evidence import statement as statements
from koufu.evidence.errors import StatementMismatch
from koufu.evidence.statement import Statement, require_answer
from koufu.evidence.words import CertificateKind
from tests.incidents.guard import Guard, Happens, Incident, all_needed, each_alone
from tests.incidents.guards_of_pages import FACES, accepted, with_pages
from tests.support.kiosk_actions import PROVEN, checked, encrypt, make
from tests.support.kiosk_samples import open_terminal
from tests.support.server import a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE
from tests.support.taking_out import Line

MUNAKATA = Incident.PREVIOUS_USERS_SHEET
OWN = make()
OTHERS = make(line=1, number=b"9876543210")
CHANGED = OWN.file[:-1] + b" "
"""As long as the own file, and a page of it would look the same."""

FILE = Line(kiosk_documents._decrypt, "sha256(plain).digest() != statement.file_hash")


def the_next_person_sends_the_order_that_was_left(folder: Path) -> bool:
    """The first went away before it was sent; its bytes are still in the terminal."""
    with a_server(folder) as server:
        first, second = server.visit("kengo"), server.visit("taro")
        for visit in (first, second):
            visit.offer()
        evidence = first.order(RESIDENCE).to_bytes()
        second.proven = type(PROVEN)(evidence, first.answer(evidence))
        return second.prepare()[0].HasField("document")


def another_terminal_goes_on_with_a_session(folder: Path) -> bool:
    with a_server(folder) as server:
        first, elsewhere = server.visit("kengo"), server.visit("kengo", "kiosk-2")
        first.offer()
        elsewhere.session_id, elsewhere.offered = first.session_id, first.offered
        return elsewhere.prepare(elsewhere.order(RESIDENCE))[0].HasField("document")


def a_terminal_without_the_fix_is_served(folder: Path) -> bool:
    with a_server(folder) as server:
        with server.database.writing() as connection:
            connection.execute(update(node_rules).values(minimum_terminal_build="99.0.0"))
        server.line().heartbeat(MUNICIPALITY)
        return server.visit("kengo").open().HasField("opened")


def the_terminal_opens_over_a_sheet_in_the_tray(_folder: Path) -> bool:
    return isinstance(rest.at_rest(replace(open_terminal(), occupied=frozenset({Place.SHEET_TRAY}))).scene, Start)


def answers(stated: Statement, line: int = 0, copy: int = 0) -> Happens:
    """A statement passes for the answer to an order that it does not answer."""

    def happens(_folder: Path) -> bool:
        try:
            require_answer(stated, PROVEN, line, copy)
        except StatementMismatch:
            return False
        return True

    return happens


def what_was_checked_late_is_kept(_folder: Path) -> bool:
    attempt = Attempt(1, "4Q7-K2M")
    attempt.erase()
    try:
        attempt.keep_checked(OWN.waiting, checked(OWN))
    except AttemptOver:
        return False
    return bool(attempt.checked)


def what_the_one_before_had_checked_is_still_there(_folder: Path) -> bool:
    attempts = Attempts()
    before = attempts.open(1, "4Q7-K2M")
    before.keep_checked(OWN.waiting, checked(OWN))
    attempts.open(2, "7K2-M4Q")
    return bool(before.checked)


def an_erased_attempt_is_handed_out(_folder: Path) -> bool:
    attempts = Attempts()
    attempts.open(1, "4Q7-K2M").erase()
    try:
        return attempts.of(1).erased
    except AttemptOver:
        return False


def _stated(name: str, expression: str, other: Statement) -> Guard:
    """One comparison of statement and order: without it both sides are the same."""
    line = Line(statements.require_answer, f"({expression})", "(None, None)")
    return Guard(name, MUNAKATA, line, answers(other))


GUARDS: tuple[Guard, ...] = (
    *each_alone(
        MUNAKATA,
        the_next_person_sends_the_order_that_was_left,
        nonce_of_the_session=Line(prepare._judge, "session.nonce != order.session_nonce"),
        proof_by_the_card_of_the_session=Line(
            prepare._judge, "not answered_by_card(parts, session, asked.proven.evidence, asked.proven.proof)"
        ),
    ),
    *all_needed(
        MUNAKATA,
        another_terminal_goes_on_with_a_session,
        terminal_of_the_session=Line(sessions.read_session, "row.terminal == caller.terminal", "True"),
    ),
    *all_needed(
        MUNAKATA,
        a_terminal_without_the_fix_is_served,
        minimum_build=Line(admission._against, "number < least"),
    ),
    _stated(
        "municipality of the statement",
        "statement.municipality, order.municipality",
        replace(OWN.statement, municipality="990001"),
    ),
    _stated(
        "proof of the statement",
        "statement.proof_hash, proven.proof_hash()",
        replace(OWN.statement, proof_hash=bytes(32)),
    ),
    _stated("order of the statement", "statement.order_id, order.order_id", replace(OWN.statement, order_id=bytes(16))),
    _stated("line of the statement", "statement.line, line", replace(OWN.statement, line=1)),
    _stated("copy of the statement", "statement.copy, copy", replace(OWN.statement, copy=1)),
    _stated(
        "kind of the statement",
        "statement.kind, order.lines[line].kind if line < len(order.lines) else None",
        replace(OWN.statement, kind=CertificateKind.SEAL_REGISTRATION),
    ),
    Guard(
        "copies that were ordered",
        MUNAKATA,
        Line(statements.require_answer, "copy >= order.lines[line].copies"),
        answers(replace(OWN.statement, copy=9), copy=9),
    ),
    *each_alone(
        MUNAKATA,
        accepted(OWN.restated(document_no=OTHERS.statement.document_no)),
        number_that_was_announced=Line(kiosk_documents._answering, "statement.document_no != document.document_no"),
        number_on_the_face=FACES,
    ),
    *all_needed(MUNAKATA, accepted(replace(OWN, encrypted=encrypt(CHANGED))), hash_of_the_file=FILE),
    *each_alone(
        MUNAKATA,
        accepted(replace(OWN, encrypted=encrypt(OWN.file + b"\n"))),
        length_of_the_file=Line(kiosk_documents._decrypt, "len(plain) != statement.file_length"),
        hash_of_a_longer_file=FILE,
    ),
    *all_needed(
        MUNAKATA,
        accepted(OWN, make(line=1)),
        numbers_of_an_order_differ=Line(
            kiosk_documents._require_all_different,
            "len({document.document_no for document in documents}) != len(documents)",
        ),
    ),
    *each_alone(
        MUNAKATA,
        accepted(OWN, with_pages(OTHERS, OWN.file)),
        files_of_an_order_differ=Line(
            kiosk_documents._require_all_different,
            "len({each.statement.file_hash for each in attempt.checked.values()}) != len(attempt.checked)",
        ),
        faces_of_the_file=FACES,
    ),
    *all_needed(
        MUNAKATA,
        the_terminal_opens_over_a_sheet_in_the_tray,
        nobody_begins_over_a_sheet=Line(
            rest.at_rest,
            "_told_by(state) | ({OutOfService.LEFT_BEHIND} if things else frozenset())",
            "state.closed_by",
        ),
    ),
    *all_needed(
        MUNAKATA,
        what_was_checked_late_is_kept,
        nothing_is_kept_for_an_attempt_that_is_over=Line(Attempt.keep_checked, "self.erased"),
    ),
    *all_needed(
        MUNAKATA,
        what_the_one_before_had_checked_is_still_there,
        a_new_attempt_erases_the_one_before=Line(Attempts.open, "self._current is not None"),
    ),
    *all_needed(
        MUNAKATA,
        an_erased_attempt_is_handed_out,
        nothing_of_an_erased_attempt=Line(Attempts.of, "current.erased"),
    ),
)
