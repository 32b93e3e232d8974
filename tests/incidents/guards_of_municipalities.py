"""Against a mix-up of two municipalities, which a terminal that serves a koseki kept elsewhere talks to in turn: what
is for one counts nowhere else (I1)."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.demo.neighbour import NEIGHBOUR
from certserver.pipeline import binding, enrol, prepare
from hardware.card.virtual.reader import VirtualReader
from kiosk.actions.attempt import Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.server import Session
from kiosk.errors import ChallengeRejected
from kiosk.flow import effects as do
from kiosk.flow.events import ChallengeAnswered
from koufu.evidence import statement as statements
from koufu.evidence import trustlist
from koufu.evidence.challenge import Challenge
from koufu.evidence.statement import SignedStatement
from tests.incidents.guard import Guard, Incident, all_needed, each_alone
from tests.incidents.guards_of_pages import accepted
from tests.support.cards import card, pin, seeded
from tests.support.enrolments import answered, apply, claim, offer_koseki
from tests.support.kiosk_actions import SITE, Heard, Made, encrypt, face, make
from tests.support.server import a_server
from tests.support.server_visit import RESIDENCE
from tests.support.sim_documents import coded_pdf
from tests.support.sim_time import SimTime
from tests.support.taking_out import Line

TWO_MUNICIPALITIES = Incident.TWO_MUNICIPALITIES
OTHER_NONCE = bytes(range(32))
_NEIGHBOURS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


def an_enrolment_for_the_neighbour_is_taken(folder: Path) -> bool:
    """Its bytes name the neighbour and a session there; they come in a session that this very card has here."""
    with a_server(folder) as server:
        server.configure(offer_koseki)
        visit = server.newcomer()
        answered(visit)
        there = replace(claim(visit), municipality=NEIGHBOUR, session_nonce=OTHER_NONCE)
        return bool(apply(server, visit, there).number)


def an_order_for_the_neighbour_is_prepared(folder: Path) -> bool:
    with a_server(folder) as server:
        visit = server.visit("kengo")
        visit.offer()
        there = replace(visit.order(RESIDENCE), municipality=NEIGHBOUR, session_nonce=OTHER_NONCE)
        return visit.prepare(there)[0].HasField("document")


def the_card_answers_for_the_neighbour(_folder: Path) -> bool:
    """The visit is with one municipality, and the challenge that came is another's."""
    reader, attempts, heard = VirtualReader(SimTime()), Attempts(), Heard()
    reader.insert(card())
    attempt = attempts.open(1, "4Q7-K2M")
    attempt.municipality = SITE.municipality
    attempt.session = Session(b"session", Challenge(NEIGHBOUR, SITE.terminal, bytes(32), 1_800_000_000).to_bytes())
    desk = CardActions(reader, attempts, SITE, seeded())
    desk.read(do.ReadCard(1), heard)
    desk.verify(do.VerifyPin(1), pin("1234"), heard)
    try:
        desk.answer_challenge(do.AnswerChallenge(1), heard)
    except ChallengeRejected:
        return False
    return isinstance(heard.last, ChallengeAnswered)


def of_the_neighbour(made: Made) -> Made:
    """The same document made, stated and signed by the neighbour."""
    stated, (content,) = made.statement, made.statement.content_hashes
    file = coded_pdf([face(stated.document_no, 1, 1, content, NEIGHBOUR)])
    statement = replace(stated, municipality=NEIGHBOUR, file_hash=sha256(file).digest(), file_length=len(file))
    evidence = statement.to_bytes()
    signed = SignedStatement(evidence, _NEIGHBOURS_KEY.sign(evidence))
    return replace(made, file=file, statement=statement, signed=signed, encrypted=encrypt(file))


GUARDS: tuple[Guard, ...] = (
    *each_alone(
        TWO_MUNICIPALITIES,
        an_enrolment_for_the_neighbour_is_taken,
        municipality_of_the_enrolment=Line(enrol._session_to_apply_in, "enrolment.municipality != asked.municipality"),
        nonce_of_the_session_of_the_enrolment=Line(
            enrol._session_to_apply_in, "session.nonce != enrolment.session_nonce"
        ),
    ),
    *each_alone(
        TWO_MUNICIPALITIES,
        an_order_for_the_neighbour_is_prepared,
        municipality_of_the_order=Line(prepare._judge, "order.municipality != asked.municipality"),
        nonce_of_the_session_of_the_order=Line(prepare._judge, "session.nonce != order.session_nonce"),
        municipality_of_every_page=Line(
            binding.require_rendered,
            "of_page != (municipality, line.line.kind, stamp.document_no, at, pages, stamp.issued_at)",
        ),
    ),
    *all_needed(
        TWO_MUNICIPALITIES,
        the_card_answers_for_the_neighbour,
        municipality_of_the_challenge=Line(
            CardActions._own_challenge,
            "(challenge.municipality, challenge.terminal) != (municipality, self._site.terminal)",
        ),
    ),
    *each_alone(
        TWO_MUNICIPALITIES,
        accepted(of_the_neighbour(make())),
        key_of_the_municipality=Line(
            trustlist.open_statement_of, "signatory.signed(signed.evidence, signed.signature)", "signatory.keys[0]"
        ),
        municipality_that_states=Line(
            statements.require_answer, "(statement.municipality, order.municipality)", "(None, None)"
        ),
    ),
)
