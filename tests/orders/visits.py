"""Visits at one terminal, one after the other, each with its own mischief: sent twice at once, sent again, given up
while the answer was on its way, asked for once it was over. Whatever is not as it must be, as far as a terminal can
tell, is noted with the order; the rest is judged from the books (`tests.orders.judge`)."""

import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from koufu.evidence.content import hash_of
from koufu.evidence.errors import BadSignature, MalformedEvidence, StatementMismatch
from koufu.evidence.facecode import CONTENT_PREFIX_BYTES
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.statement import SignedStatement, Statement, open_statement, require_answer
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.ground.profiles import USUAL
from koufu.v1 import issuance_pb2 as wire
from tests.orders.expected import Wanted
from tests.orders.reading import read_sheets, words_on_faces
from tests.orders.rows import By, Document, Row, Rows
from tests.orders.site import Card
from tests.orders.terminal import Arrived, Line, Told, arrived
from tests.orders.town import MUNICIPALITY, Who, people_of, who_is

GENERATIONS = 6
_CHOICES = (Option.RELATIONSHIP, Option.DOMICILE, Option.INDIVIDUAL_NUMBER, Option.RESIDENT_CODE)
_ODDS = (0.5, 0.5, 0.1, 0.05)
_KINDS = (
    *(CertificateKind.RESIDENCE,) * 4,
    CertificateKind.RESIDENCE_ITEMS,
    *(CertificateKind.SEAL_REGISTRATION,) * 3,
)
_PERSONAL = {Option.INDIVIDUAL_NUMBER, Option.RESIDENT_CODE}
_REFUSED_LATE = "session-expired"
_LATE_AFTER_S = 600.0
"""Of a session's 15 minutes; longer only where a machine is very slow."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often each mischief is done, of 1."""

    twice: float = 0.12
    again: float = 0.06
    stranger: float = 0.04
    late: float = 0.05
    give_up: float = 0.04
    not_waited: float = 0.03


class Visits:
    """One terminal. `read_by` says, for so many documents of one order, by what they are read."""

    def __init__(
        self,
        line: Line,
        cards: Sequence[Card],
        key: Ed25519PublicKey,
        rows: Rows,
        read_by: Callable[[int], By],
        seed: str,
    ) -> None:
        self._line = line
        self._cards = cards
        self._key = key
        self._rows = rows
        self._read_by = read_by
        self._dice = random.Random(seed)
        self._odds = Odds()
        self._began = 0.0

    def visit(self) -> None:
        """One visit, from the card to the report."""
        self._began = time.monotonic()
        card = self._dice.choice(self._cards)
        row = Row(self._line.terminal, card.resident, os.urandom(16), os.urandom(16), 0, [])
        request = wire.OpenSessionRequest(
            municipality=MUNICIPALITY, user_auth_x509=card.user_auth_x509, card_kind="standard"
        )
        (opened,) = self._line.ask("OpenSession", request)
        if opened.HasField("refusal"):
            return self._refused(row, "open", opened.refusal)
        session = opened.opened
        answer = wire.AnswerChallengeRequest(
            municipality=MUNICIPALITY, session_id=session.session_id, answer=card.answer(session.challenge)
        )
        (answered,) = self._line.ask("AnswerChallenge", answer)
        if answered.HasField("refusal"):
            return self._refused(row, "answer", answered.refusal)
        order = self._order(row, who_is(card.resident), answered.offer)
        evidence = order.to_bytes()
        proven = ProvenOrder(evidence, card.answer(evidence))
        prepare = wire.PrepareRequest(
            municipality=MUNICIPALITY,
            session_id=session.session_id,
            attempt_token=row.token,
            order=evidence,
            proof=proven.proof,
        )
        return self._attempt(row, prepare, proven)

    def _attempt(self, row: Row, prepare: wire.PrepareRequest, proven: ProvenOrder) -> None:
        release = wire.ReleaseRequest(municipality=MUNICIPALITY, order_id=row.order_id, attempt_token=row.token)
        for _ in range(GENERATIONS):
            replies = self._same(row, "Prepare", prepare)
            if replies[0].HasField("refusal"):
                return self._refused(row, "prepare", replies[0].refusal)
            waiting = arrived(replies)
            self._rows.add(row)
            self._before_release(row, release)
            if self._happens(self._odds.give_up):
                return self._give_up(row, release, waiting, proven)
            released = self._same(row, "Release", release)
            if released[0].WhichOneof("part") != "prepare_again":
                break
            self._line.counts["prepared again"] += 1
        else:
            row.faults.append("the server wants the same order prepared for ever")
            return self._rows.add(row)
        if released[0].HasField("refusal"):
            return self._refused(row, "release", released[0].refusal)
        self._open(row, waiting, released, proven)
        row.end = "issued"
        self._report(row)
        if self._happens(self._odds.late):
            self._late(row, prepare, release)
        return self._rows.add(row)

    def _same(self, row: Row, method: str, request: wire.PrepareRequest | wire.ReleaseRequest) -> Told:
        """The answer, which is the same however often and wherever it is asked for. Only a preparation that is refused
        leaves nothing behind: the register may have moved before it is asked for again."""
        if self._happens(self._odds.twice):
            answers = self._line.ask_twice(method, request)
        else:
            answers = [self._line.ask(method, request)]
        if self._happens(self._odds.again):
            self._line.counts[f"{method} sent again"] += 1
            answers.append(self._line.ask(method, request, by=1))
        if method == "Prepare":
            answers.sort(key=lambda each: bool(each[0].HasField("refusal")))
        first, *others = answers
        for other in others:
            self._note(row, other[0])
            self._line.counts[f"{method} compared"] += 1
            if other != first and not (method == "Prepare" and other[0].HasField("refusal")):
                parts = sorted(str(each[0].WhichOneof("part")) for each in (first, other))
                row.faults.append(f"{method} was answered in two ways: {', '.join(parts)}")
        return first

    def _before_release(self, row: Row, release: wire.ReleaseRequest) -> None:
        """What may come between, and must not matter."""
        if self._happens(self._odds.not_waited):
            self._line.give_up_on("Release", release, self._dice.choice((0.002, 0.01, 0.03)))
        if self._happens(self._odds.stranger):
            stranger = wire.ReleaseRequest(
                municipality=MUNICIPALITY, order_id=row.order_id, attempt_token=os.urandom(16)
            )
            self._must_refuse(row, "Release", stranger, "another attempt")

    def _give_up(self, row: Row, release: wire.ReleaseRequest, waiting: list[Arrived], proven: ProvenOrder) -> None:
        """The resident goes while the release is on its way: either is first."""
        self._line.counts["given up in flight"] += 1
        report = wire.ReportOutcomeRequest(
            municipality=MUNICIPALITY, order_id=row.order_id, attempt_token=row.token, captured=0
        )
        released, _ = self._line.ask_both(("Release", release), ("ReportOutcome", report))
        row.end = "gave-up"
        if released[0].HasField("issued"):
            self._open(row, waiting, released, proven)
        else:
            self._note(row, released[0])
        self._must_refuse(row, "Release", release, "given up")
        self._rows.add(row)

    def _late(self, row: Row, prepare: wire.PrepareRequest, release: wire.ReleaseRequest) -> None:
        self._must_refuse(row, "Release", release, "reported")
        self._must_refuse(row, "Prepare", prepare, "reported")

    def _must_refuse(self, row: Row, method: str, request: wire.PrepareRequest | wire.ReleaseRequest, why: str) -> None:
        self._line.counts[f"late: {method}, {why}"] += 1
        reply = self._line.ask(method, request, by=1)[0]
        # An order that was refused for good says so again, also once it is closed.
        expected = {_REFUSED_LATE, *row.refusals}
        self._note(row, reply)
        if not reply.HasField("refusal") or reply.refusal.reason not in expected:
            row.faults.append(f"{method} after it was {why}: {reply.WhichOneof('part')}")

    def _order(self, row: Row, who: Who, offer: wire.Offer) -> Order:
        fees = {kind.kind: kind.fee for kind in offer.kinds}
        members = {member.name: member.reference for member in offer.members if member.circle == "household"}
        count = self._dice.choices((1, 2, 3), (8, 2, 1))[0]
        row.lines = [self._line_of(who, members) for _ in range(count)]
        row.fee = sum(fees[line.kind.value] * line.copies for line in row.lines)
        by_key = {one.resident_id: members.get(one.name[0], "") for one in people_of(who.house)}
        return Order(
            municipality=MUNICIPALITY,
            terminal=row.terminal,
            order_id=row.order_id,
            session_nonce=offer.session_nonce,
            lines=tuple(
                OrderLine(line.kind, line.scope, line.options, line.copies, tuple(by_key[one] for one in line.members))
                for line in row.lines
            ),
            offer_version=offer.offer_version,
            fee=row.fee,
            printer_profile=USUAL.profile_id,
            expires_at=offer.expires_at,
        )

    def _line_of(self, who: Who, members: dict[str, str]) -> Wanted:
        kind = self._dice.choice(_KINDS)
        copies = 2 if self._happens(0.08) else 1
        if kind is CertificateKind.SEAL_REGISTRATION:
            return Wanted(kind, Scope.SELF, copies=copies)
        options = frozenset(option for option, odds in zip(_CHOICES, _ODDS, strict=True) if self._happens(odds))
        scope = self._dice.choice((Scope.HOUSEHOLD, Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS))
        chosen: tuple[str, ...] = ()
        there = [one.resident_id for one in people_of(who.house) if one.name[0] in members]
        if scope is Scope.MEMBERS and not there:
            # Nobody may be chosen while no kind can be had that shows chosen persons.
            scope = Scope.HOUSEHOLD
        if scope is Scope.MEMBERS:
            chosen = tuple(sorted(self._dice.sample(there, self._dice.randint(1, len(there)))))
        return Wanted(kind, scope, options, chosen, copies)

    def _open(self, row: Row, waiting: list[Arrived], released: Told, proven: ProvenOrder) -> None:
        """As a terminal does before paper: every statement held against the order, every file against its statement,
        every page's codes against both."""
        by = self._read_by(len(waiting))
        issued = {(each.issued.line, each.issued.copy): each.issued for each in released}
        if issued.keys() != {(document.line, document.copy) for document in waiting}:
            row.faults.append("other documents were released than were prepared")
            return
        for document in waiting:
            part = issued[document.line, document.copy]
            try:
                signed = SignedStatement(part.statement, part.signature)
                statement = open_statement(signed, self._key)
                require_answer(statement, proven, document.line, document.copy)
                encrypted = document.encrypted
                file = AESGCM(part.key).decrypt(encrypted[:12], encrypted[12:], None)
                row.documents.append(self._opened(row, document, statement, file, by))
            except (BadSignature, MalformedEvidence, StatementMismatch, InvalidTag, ValueError) as error:
                row.faults.append(f"a document is not the ordered one: {type(error).__name__} {error}")

    def _opened(self, row: Row, document: Arrived, statement: Statement, file: bytes, by: By) -> Document:
        if (sha256(file).digest(), len(file)) != (statement.file_hash, statement.file_length):
            raise ValueError("another file")
        sheets = read_sheets(file, self._key, by)
        if len(sheets) != document.pages or statement.document_no != document.document_no:
            raise ValueError("another number, or other pages")
        pages = tuple(sheet.content.to_bytes() for sheet in sheets)
        if tuple(map(hash_of, pages)) != statement.content_hashes:
            raise ValueError("the pages say something else than the statement")
        for at, sheet in enumerate(sheets, 1):
            face = sheet.face
            told = (face.municipality, face.document_no, face.page, face.pages, face.content_prefix)
            prefix = statement.content_hashes[at - 1][:CONTENT_PREFIX_BYTES]
            if told != (MUNICIPALITY, statement.document_no, at, len(sheets), prefix):
                raise ValueError("a face belongs to another page")
        personal = bool(row.lines[document.line].options & _PERSONAL)
        words = words_on_faces(file) if personal else ""
        which = (document.line, document.copy, document.document_no)
        return Document(*which, statement.to_bytes(), pages, words, by)

    def _report(self, row: Row) -> None:
        report = wire.ReportOutcomeRequest(
            municipality=MUNICIPALITY,
            order_id=row.order_id,
            attempt_token=row.token,
            captured=row.fee,
            documents=[
                wire.DocumentOutcome(document_no=each.document_no, outcome="delivered", sheets_printed=len(each.pages))
                for each in row.documents
            ],
        )
        if self._happens(self._odds.twice):
            self._line.ask_twice("ReportOutcome", report)
        else:
            self._line.ask("ReportOutcome", report)

    def _refused(self, row: Row, step: str, refusal: wire.Refusal) -> None:
        row.end = f"refused at {step}"
        if refusal.reason == _REFUSED_LATE and time.monotonic() < self._began + _LATE_AFTER_S:
            row.faults.append(f"refused at {step} as late, and it was not")
        row.refusals[refusal.reason] += 1
        self._rows.add(row)

    @staticmethod
    def _note(row: Row, reply: wire.PrepareReply | wire.ReleaseReply) -> None:
        if reply.HasField("refusal"):
            row.refusals[reply.refusal.reason] += 1

    def _happens(self, odds: float) -> bool:
        return self._dice.random() < odds
