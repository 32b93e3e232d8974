"""Card applications over the wire: what the counter asks and sends, and what comes back as values. Whatever is no
answer to what was asked is a fault."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from google.protobuf.message import Message

from kiosk.actions.counter.wire_answers import SERVICE, places_of, reply_of
from kiosk.actions.wire import LONG_S, SHORT_S, UploadTransport
from kiosk.counter.card_application.effects import Attach, Doing, Move, OpenDraft, Tell
from kiosk.counter.card_application.values import Asked, Granted, Listed, Mirror, Resident
from kiosk.counter.refusal import Refusal
from kiosk.errors import ServerFault
from koufu.v1 import applications_pb2 as wire

PIECE_BYTES = 60_000
MOST_LISTED = 500

_Reply = TypeVar("_Reply", bound=Message)
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step was made."""

    application: str
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class ApplicationWire:
    """The server of one municipality, for one desk. `connect` gives the channel, `desk`
    says who acts now; `local` gives local time of Unix
    seconds. Every method raises `ServerAway` and `ServerFault`."""

    connect: Callable[[], UploadTransport]
    municipality: str
    desk: Callable[[], wire.Desk]
    local: Callable[[int], datetime]

    def allowed(self, asked: Asked) -> Refusal | None:
        """What the rules of the place say."""
        home = "" if asked.elsewhere else self.municipality
        request = wire.AllowedRequest(
            desk=self.desk(), procedure=asked.procedure, comer=asked.comer.value, municipality=home
        )
        reply = self._ask("Allowed", request, wire.AllowedReply)
        return refusal_of(reply.refusal) if reply.HasField("refusal") else None

    def here(self) -> tuple[Listed, ...]:
        """The applications of this office."""
        reply = self._ask("ListHere", wire.ListHereRequest(desk=self.desk()), wire.ListHereReply)
        if reply.HasField("refusal") or len(reply.listed) > MOST_LISTED:
            return ()
        return tuple(
            Listed(
                each.municipality,
                each.standing.application,
                each.standing.version,
                each.standing.state,
                each.standing.reason,
                self.local(each.touched_at).isoformat(timespec="minutes"),
                each.waits_here,
                each.express,
                each.likely_from,
                each.likely_to,
            )
            for each in reply.listed
        )

    def all_of(self, municipality: str, application: str) -> Mirror | None:
        """An application of a municipality, the desk's own when it is empty, as the server has it; None when this desk
        may not see all of it."""
        which = wire.WhichApplication(municipality=municipality or self.municipality, application=application)
        reply = self._ask("Show", wire.ShowRequest(desk=self.desk(), which=which), wire.ShowReply)
        if not reply.HasField("shown") or not reply.shown.HasField("whole"):
            return None
        standing, whole = reply.shown.standing, reply.shown.whole
        fields = tuple(sorted(whole.form.fields.items()))
        return Mirror(
            application=standing.application,
            version=standing.version,
            state=standing.state,
            reason=standing.reason,
            form=fields or None,
            photo=whole.photo,
            pin_form_sealed=whole.pin_form_sealed,
            old_card=whole.old_card,
            mail_kind=whole.mail_kind,
            route=whole.route,
            express=whole.express,
            identity_checked=whole.identity_checked,
            photo_wanted=whole.photo_wanted,
            needs_representative=whole.needs_representative,
        )

    def find(self, name: str, born: str, session: bytes = b"", municipality: str = "") -> Resident | Refusal:
        """Who somebody is: by name and day of birth, or by the session that their card has answered. In the register of
        another municipality where one is named."""
        request = wire.FindResidentRequest(
            desk=self.desk(), municipality=municipality or self.municipality, name=name, born=born, session=session
        )
        reply = self._ask("FindResident", request, wire.FindResidentReply)
        match reply.WhichOneof("outcome"):
            case "found":
                found = reply.found
                open_one = found.open if found.HasField("open") else wire.Standing()
                return Resident(
                    found.resident,
                    tuple(sorted(found.form.fields.items())),
                    found.needs_representative,
                    found.photo_wanted,
                    found.move_out_planned,
                    open_one.application,
                    open_one.state,
                )
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer says nothing")

    def express(self, resident: str, said: Pairs) -> Granted | Refusal:
        """Whether a card can be had by express issuance."""
        request = wire.AskExpressRequest(
            desk=self.desk(), municipality=self.municipality, resident=resident, asked=express_of(said)
        )
        reply = self._ask("AskExpress", request, wire.AskExpressReply)
        match reply.WhichOneof("outcome"):
            case "granted":
                granted = reply.granted
                return Granted(
                    granted.code,
                    granted.deadline,
                    granted.yen,
                    granted.shown_by,
                    granted.likely_from,
                    granted.likely_to,
                    granted.beyond_a_week,
                )
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer says nothing")

    def step(
        self,
        doing: Doing,
        token: bytes,
        application: str,
        version: int,
        municipality: str = "",
        card_session: bytes = b"",
    ) -> Stepped | Refusal:
        """One step at the server, done once for one token; of a resident of another municipality where one is named.
        `card_session` is the one that the applicant's own card has answered."""
        residence = municipality or self.municipality
        which = wire.WhichApplication(municipality=residence, application=application, version=version)
        match doing:
            case OpenDraft():
                opening = wire.OpenRequest(
                    desk=self.desk(),
                    token=token,
                    municipality=residence,
                    resident=doing.resident,
                    comer=doing.comer,
                    route=doing.route,
                )
                if doing.express:
                    opening.express = True
                    opening.express_asked.CopyFrom(express_of(doing.express))
                return self._stepped(self._ask("Open", opening, wire.StepReply, LONG_S))
            case Tell():
                telling = self._telling(doing, token, which, card_session)
                return self._stepped(self._ask("Tell", telling, wire.StepReply, LONG_S))
            case Attach():
                sent = (each.SerializeToString() for each in self._pieces(doing, token, which))
                return self._stepped(reply_of(self.connect().upload(SERVICE + "Attach", sent, LONG_S), wire.StepReply))
            case Move(event):
                moving = wire.MoveRequest(desk=self.desk(), token=token, which=which, event=event)
                return self._stepped(self._ask("Move", moving, wire.StepReply, LONG_S))

    def _telling(self, told: Tell, token: bytes, which: wire.WhichApplication, card_session: bytes) -> wire.TellRequest:
        request = wire.TellRequest(desk=self.desk(), token=token, which=which)
        if told.form is not None:
            request.form.CopyFrom(wire.Form(fields=dict(told.form)))
        if told.shown is not None:
            documents = [wire.ShownDocument(kind=kind, valid_until=until) for kind, until in told.shown]
            request.shown.CopyFrom(wire.ShownDocuments(documents=documents))
            if told.by_own_card:
                request.shown.card_session = card_session
        if told.photo is not None:
            request.photo = told.photo
        if told.pin_form_sealed is not None:
            request.pin_form_sealed = told.pin_form_sealed
        if told.old_card is not None:
            request.old_card = told.old_card
        if told.mail_kind is not None:
            request.mail_kind = told.mail_kind
        return request

    def _pieces(self, doing: Attach, token: bytes, which: wire.WhichApplication) -> Iterator[wire.AttachRequest]:
        scan = doing.scan
        head = wire.AttachHead(desk=self.desk(), token=token, which=which, kind=scan.kind, media_type=scan.media_type)
        yield wire.AttachRequest(head=head)
        for at in range(0, len(scan.content), PIECE_BYTES):
            yield wire.AttachRequest(piece=scan.content[at : at + PIECE_BYTES])

    def _stepped(self, reply: wire.StepReply) -> Stepped | Refusal:
        match reply.WhichOneof("outcome"):
            case "done":
                return Stepped(reply.done.application, reply.done.version, reply.done.state)
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer says nothing")

    def _ask(self, method: str, request: Message, message: type[_Reply], deadline: float = SHORT_S) -> _Reply:
        return reply_of(self.connect().unary(SERVICE + method, request.SerializeToString(), deadline), message)


def express_of(said: Pairs) -> wire.ExpressAsked:
    """What is said of an express issuance, as the wire has it."""
    answers = dict(said)
    claim = wire.ExpressClaim(
        code=answers.get("express-ground", ""),
        happened_on=answers.get("express-happened-on", ""),
        weighed=answers.get("express-weighed", ""),
    )
    none_wanted = answers.get("no-signing-x509") == "yes" and answers.get("no-user-auth-x509") == "yes"
    return wire.ExpressAsked(
        claims=[claim],
        comes=True,
        last_card_on=answers.get("express-last-card", ""),
        move_planned=answers.get("change-planned") == "yes",
        wants_x509=not none_wanted,
    )


def refusal_of(refusal: wire.ApplicationRefusal) -> Refusal:
    """Why not, as a value."""
    return Refusal(
        reason=refusal.reason,
        needs=tuple(refusal.needs),
        fields=tuple(refusal.fields),
        mail=tuple(refusal.mail),
        instead=places_of(refusal),
        nearest=refusal.nearest,
        days_late=refusal.days_late,
        version=refusal.version if refusal.HasField("version") else None,
        state=refusal.state,
    )
