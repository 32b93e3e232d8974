"""A hand-over over the wire: what the counter asks and tells, and what comes back as values. Whatever is no answer to
what was asked is a fault. What somebody may have is judged there, never here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf.message import Message

from kiosk.actions.counter.wire_answers import SERVICE, places_of, reply_of
from kiosk.actions.wire import LONG_S, SHORT_S, Transport
from kiosk.counter.documents import Document, day_of
from kiosk.counter.hand_over.effects import Admit, CompareCard, Doing, Move, TellActivated, TellOldCard
from kiosk.counter.hand_over.values import Brought, Lacking, Waiting
from kiosk.counter.refusal import Refusal
from kiosk.errors import ServerFault
from koufu.v1 import applications_pb2 as wire

_Reply = TypeVar("_Reply", bound=Message)


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step was made."""

    version: int
    state: str


@dataclass(frozen=True, slots=True)
class TakerAdmitted:
    """Whoever came may have the card; in which ways its PINs may be set."""

    step: Stepped
    pins: tuple[str, ...]


Answer = Stepped | TakerAdmitted | Lacking | Refusal


@dataclass(frozen=True, slots=True)
class HandOverWire:
    """The server of the municipality that a desk works for. `desk` says who acts now. Every method raises
    `ServerAway`, `ServerFault` and `RequestRejected`."""

    transport: Callable[[], Transport]
    municipality: str
    desk: Callable[[], wire.Desk]

    def allowed(self, procedure: str, comer: str) -> Refusal | None:
        """What the rules of the place say."""
        request = wire.AllowedRequest(
            desk=self.desk(), procedure=procedure, comer=comer, municipality=self.municipality
        )
        reply = self._ask("Allowed", request, wire.AllowedReply)
        return _refusal(reply.refusal) if reply.HasField("refusal") else None

    def find(self, application: str, name: str, born: str) -> Waiting | Refusal:
        """The card that waits."""
        request = wire.FindWaitingRequest(
            desk=self.desk(), municipality=self.municipality, application=application, name=name, born=born
        )
        reply = self._ask("FindWaiting", request, wire.FindWaitingReply)
        match reply.WhichOneof("outcome"):
            case "waiting":
                return _waiting(reply.waiting)
            case "refusal":
                return _refusal(reply.refusal)
            case _:
                raise ServerFault("the answer says nothing")

    def step(self, doing: Doing, token: bytes, application: str, version: int) -> Answer:
        """One step at the server, done once for one token."""
        which = wire.WhichApplication(municipality=self.municipality, application=application, version=version)
        match doing:
            case Admit(brought):
                admit = wire.AdmitTakerRequest(
                    desk=self.desk(), token=token, which=which, hand_over=_hand_over(brought)
                )
                return _admitted(self._ask("AdmitTaker", admit, wire.AdmitTakerReply, LONG_S))
            case CompareCard(x509, by_eye):
                comparing = wire.CompareCardRequest(
                    desk=self.desk(), token=token, which=which, user_auth_x509=x509, by_eye=by_eye
                )
                return _stepped(self._ask("CompareCard", comparing, wire.StepReply, LONG_S))
            case TellOldCard(old_card):
                telling = wire.TellRequest(desk=self.desk(), token=token, which=which, old_card=old_card)
                return _stepped(self._ask("Tell", telling, wire.StepReply, LONG_S))
            case TellActivated(pin_setting):
                active = wire.ActivatedRequest(desk=self.desk(), token=token, which=which, pin_setting=pin_setting)
                return _stepped(self._ask("Activated", active, wire.StepReply, LONG_S))
            case Move(event):
                moving = wire.MoveRequest(desk=self.desk(), token=token, which=which, event=event)
                return _stepped(self._ask("Move", moving, wire.StepReply, LONG_S))

    def _ask(self, method: str, request: Message, message: type[_Reply], deadline: float = SHORT_S) -> _Reply:
        return reply_of(self.transport().unary(SERVICE + method, request.SerializeToString(), deadline), message)


def _hand_over(brought: Brought) -> wire.HandOver:
    flags = brought.flags
    return wire.HandOver(
        coming=brought.coming,
        case=brought.case,
        adult_ward="adult-ward" in flags,
        physically="physically" in flags,
        officer_grants="officer-grants" in flags,
        brought=sorted(brought.brought),
        reply="reply" in flags,
        letter_of_attorney="letter-of-attorney" in flags,
        sealed_pin_form="sealed-pin-form" in flags,
        of_holder=_documents(brought.of_holder),
        of_taker=_documents(brought.of_taker),
    )


def _documents(shown: Iterable[Document]) -> list[wire.ShownDocument]:
    return [wire.ShownDocument(kind=each.kind, valid_until=day_of(each.until)) for each in shown]


def _waiting(found: wire.Waiting) -> Waiting:
    return Waiting(
        application=found.standing.application,
        version=found.standing.version,
        state=found.standing.state,
        name=found.name,
        name_kana=found.name_kana,
        born=found.born,
        address=found.address,
        needs_representative=found.needs_representative,
        adult_ward=found.adult_ward,
        face_auth=found.face_auth,
        user_auth=found.user_auth,
        signing=found.signing,
        old_card=found.old_card,
    )


def _admitted(reply: wire.AdmitTakerReply) -> Answer:
    match reply.WhichOneof("outcome"):
        case "admitted":
            done = reply.admitted.done
            return TakerAdmitted(Stepped(done.version, done.state), tuple(reply.admitted.pin_settings))
        case "lacking":
            told = reply.lacking
            return Lacking(
                lacks=tuple(told.lacks),
                proxy=told.proxy,
                bring=tuple(told.bring),
                or_else_all=tuple(told.or_else_all),
                holder_would_do=tuple(told.holder_would_do),
                taker_would_do=tuple(told.taker_would_do),
                expired=(*told.holder_expired, *told.taker_expired),
            )
        case "refusal":
            return _refusal(reply.refusal)
        case _:
            raise ServerFault("the answer says nothing")


def _stepped(reply: wire.StepReply) -> Stepped | Refusal:
    match reply.WhichOneof("outcome"):
        case "done":
            return Stepped(reply.done.version, reply.done.state)
        case "refusal":
            return _refusal(reply.refusal)
        case _:
            raise ServerFault("the answer says nothing")


def _refusal(refusal: wire.ApplicationRefusal) -> Refusal:
    return Refusal(refusal.reason, tuple(refusal.needs), instead=places_of(refusal), state=refusal.state)
