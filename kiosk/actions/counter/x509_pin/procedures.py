"""Procedures begun and ended at the municipality's server: with the X.509 that the card shows without a PIN, under the
numbers by which issuer and card-writing terminal know the case."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.card.model import Usage
from hardware.card.writing.model import X509Issuer
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.wire_answers import SERVICE, places_of, reply_of
from kiosk.actions.counter.x509_pin.card import told
from kiosk.actions.counter.x509_pin.cases import CaseAtHand, OpenCases
from kiosk.actions.counter.x509_pin.ends import UntoldEnd, UntoldEnds
from kiosk.actions.wire import SHORT_S, Transport
from kiosk.counter.documents import day_of
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.events import CardTrouble
from kiosk.counter.x509_pin.values import PROCEDURES, WhyNot
from kiosk.errors import RequestRejected, ServerAway, ServerFault
from koufu.applying.words import ProcedureEnd
from koufu.v1 import applications_pb2 as wire

_REASONS = {
    **{each.value: each for each in WhyNot},
    "x509-untrusted": WhyNot.FOREIGN_CARD,
}
_OTHER_CARD = "other-card"
_KNOWS_NO_MORE = frozenset({"case-ended", "no-such-case"})
"""The server will never take it otherwise."""
MOST_WORDS = 20
_NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)

Answer = on.RulesSaid | on.RulesAway | on.Unproven | on.BrokeOff


class ProcedureServer(Protocol):
    """Where procedures are begun and ended. Raises `ServerAway`, `ServerFault`, `RequestRejected`."""

    def begin(self, effect: do.BeginAtServer, case: CaseAtHand) -> Answer:
        """What the server says of it."""
        ...

    def end(self, end: UntoldEnd) -> bool:
        """Whether it is done with: taken, or of no use there. False: nobody is signed in."""
        ...


@dataclass(frozen=True, slots=True)
class WireProcedures:
    """The server of the desk's municipality. `desk` says who acts now, and raises `ServerAway` when nobody is signed
    in."""

    connect: Callable[[], Transport]
    desk: Callable[[], wire.Desk]

    def begin(self, effect: do.BeginAtServer, case: CaseAtHand) -> Answer:
        """Begins it, or lets it go on without any PIN."""
        request = wire.BeginProcedureRequest(
            desk=self.desk(),
            numbers=[wire.CaseNumber(usage=usage.value, number=case.numbers[usage]) for usage in Usage],
            procedure=PROCEDURES[effect.begins.wish],
            about=[usage.value for usage in effect.usages],
            comer=effect.comer.value,
            shown=[wire.ShownDocument(kind=each.kind, valid_until=day_of(each.until)) for each in effect.shown],
            user_auth_x509=case.x509,
            without_pin=effect.begins.without_pin,
            issued_in=case.issued_in,
        )
        answer = self.connect().unary(SERVICE + "BeginProcedure", request.SerializeToString(), SHORT_S)
        reply = reply_of(answer, wire.BeginProcedureReply)
        match reply.WhichOneof("outcome"):
            case "begun":
                return on.RulesSaid(effect.number, of=effect.begins)
            case "unproven":
                told = reply.unproven
                would_do, expired = told.would_do[:MOST_WORDS], told.expired[:MOST_WORDS]
                return on.Unproven(effect.number, effect.begins, tuple(would_do), tuple(expired))
            case "refusal" if reply.refusal.reason == _OTHER_CARD:
                return on.BrokeOff(effect.number, CardTrouble.OTHER_CARD)
            case "refusal":
                why = _REASONS.get(reply.refusal.reason, WhyNot.NOT_THIS_DESK)
                return on.RulesSaid(effect.number, why, places_of(reply.refusal), effect.begins)
            case _:
                raise ServerFault("the answer says nothing")

    def end(self, end: UntoldEnd) -> bool:
        """Tells how it ended."""
        request = wire.EndProcedureRequest(
            desk=self.desk(),
            case_number=end.case,
            outcome=end.ended.value,
            reason=end.why,
            told_at=end.at,
            told_of=end.by,
        )
        answer = self.connect().unary(SERVICE + "EndProcedure", request.SerializeToString(), SHORT_S)
        reply = reply_of(answer, wire.EndProcedureReply)
        return not reply.HasField("refusal") or reply.refusal.reason in _KNOWS_NO_MORE


@dataclass(frozen=True, slots=True)
class Procedures:
    """What the case does at the server."""

    server: ProcedureServer
    desk: CounterCardActions
    issuer: X509Issuer
    cases: OpenCases
    untold: UntoldEnds

    def begin(self, effect: do.BeginAtServer, tell: DeskTell) -> None:
        """On the card's lane. What broke off is asked again under the same number. Raises `OSError`, `CaseOver`."""
        case = self.cases.of(effect.number)
        if effect.begins.without_pin:
            tell(self._asked(effect, case))
            return
        self.untold.begins(case.numbers[Usage.USER_AUTH])
        with self.desk.telling(lambda fault: tell(told(effect.number, fault))):
            session = self.desk.connect()
            if session.generation() is None:
                tell(on.BrokeOff(effect.number, CardTrouble.FOREIGN))
                return
            case.x509 = session.user_auth_x509() or b""
            self.desk.release()
            case.issued_in = self._issued_in(case.x509)
            tell(self._asked(effect, case))

    def end(self, number: int, ended: ProcedureEnd, why: str) -> None:
        """Keeps how it ended. What follows at this number is another procedure. Raises `OSError`, `CaseOver`."""
        self.untold.ends(self.cases.of(number).numbers[Usage.USER_AUTH], ended, why)
        self.cases.anew(number)

    def tell_untold(self) -> None:
        """On the server's lane: tells all that waits, as far as the server answers. Never raises over its silence."""
        for end in self.untold.waiting():
            try:
                done = self.server.end(end)
            except RequestRejected:
                continue
            except (ServerAway, ServerFault):
                return
            if not done:
                return
            self.untold.told(end)

    def _issued_in(self, x509: bytes) -> str:
        """In which case it was issued, as far as its issuer knows one of these numbers. Raises `IssuerError`."""
        known = self.issuer.of_x509(Usage.USER_AUTH, x509) if x509 else None
        return known.case if known is not None and _NUMBER.fullmatch(known.case) else ""

    def _asked(self, effect: do.BeginAtServer, case: CaseAtHand) -> Answer:
        answer: Answer
        try:
            answer = self.server.begin(effect, case)
        except RequestRejected:
            answer = on.RulesSaid(effect.number, WhyNot.NOT_THIS_DESK, of=effect.begins)
        except (ServerAway, ServerFault):
            return on.RulesAway(effect.number, effect.begins)
        if answer == on.RulesSaid(effect.number, of=effect.begins):
            case.begun = True
            if case.x509 and not case.cards:
                # The one that is read next is known by it.
                case.cards = {case.card_hash(case.x509)}
        elif not case.begun:
            self.untold.refused(case.numbers[Usage.USER_AUTH])
        return answer
