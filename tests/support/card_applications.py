"""A server that takes card applications in: a post office that is commissioned, a town hall, a shop, and a second
municipality in the same database; and counters at its terminals, in process or over the wire."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.places import Place, Procedure
from certserver.applications.states import Actor, Event, EventKind, Reason, Role
from certserver.composition.home import add_terminal
from certserver.ledger.audit import AuditHead, verify
from certserver.ledger.state import found_municipality
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.admission import Caller
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.who import Known
from certserver.registers.model import Household
from certserver.registers.snapshots import found_register
from certserver.registers.writing import write_household, write_resident
from certserver.service.applications import TOKEN_BYTES, ApplicationService
from certserver.storage.applications import applications
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from koufu.v1 import applications_pb2 as wire
from koufu.v1 import applications_pb2_grpc
from tests.support.commissions import add_commission
from tests.support.registers import make_resident
from tests.support.server import ServerForTests, WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import POST_OFFICE, SHOP, TOWN_HALL
from tests.support.staff import sessions_at

NEIGHBOUR = "992029"
"""Another municipality that this server answers for."""

PHOTO = b"\xff\xd8\xff\xe0" + b"a face, as far as this server knows " * 2000
SCAN = b"%PDF-1.7 both sides of a licence"
FORM = {
    "name": "見本　健吾",
    "address": "見本県見本市本町",
    "born": "1980-04-01",
    "sex": "male",
    "signature-kind": "handwritten",
    "intent-affirmed-by": "own-key",
    "intent-expressed-by": "speech",
    "who-came": "person",
    "occasion": "first",
    "change-planned": "no",
    "forwarding": "no",
    "pin-consent": "yes",
    "copy-consent": "yes",
}
LICENCE_AND_PASSPORT = ("driving-licence", "passport")
FORM_ID = "12345678901234567890123"

_tokens = count(1)


def token() -> bytes:
    """A new request's."""
    return next(_tokens).to_bytes(TOKEN_BYTES, "big")


@contextmanager
def an_application_server(folder: Path) -> Iterator[ServerForTests]:
    with a_server(folder, filled=take_applications) as server:
        yield server


def take_applications(server: ServerForTests) -> None:
    """Commissions, terminals and the neighbour."""
    for name, outlet in (("hall-1", TOWN_HALL), ("shop-1", SHOP), ("small-1", SMALL_OFFICE)):
        add_terminal(server.home, server.node.settings, name, outlet, server.clock)
        server.line(name).heartbeat(MUNICIPALITY)
    with server.database.writing() as connection:
        for commission in (_intake(POST_OFFICE.name), _x509(POST_OFFICE.name), _support(SMALL_OFFICE.name)):
            add_commission(connection, commission)
        found_municipality(connection, NEIGHBOUR)
        found_register(connection, NEIGHBOUR, 0)
        write_household(connection, NEIGHBOUR, Household("there", "見本県隣市一丁目1番", "隣　花"))
        write_resident(connection, NEIGHBOUR, replace(make_resident("hana", "there"), name="隣　花"))


POST_OFFICE_CALLED = "見本本町郵便局"

SMALL_OFFICE = Outlet("small-office", OutletKind.POST_OFFICE)
"""Level 1: support alone."""


X509_PROCEDURES = (Procedure.X509_ISSUE, Procedure.X509_RENEWAL, Procedure.PIN_CHANGE, Procedure.PIN_RESET)
"""What the post office is commissioned with at level 2."""


def _intake(office: str) -> Commission:
    return _public(office, Place.POST_OFFICE_INTAKE, Procedure.CARD_APPLICATION)


def _x509(office: str) -> Commission:
    return _public(office, Place.POST_OFFICE_X509, *X509_PROCEDURES)


def _public(office: str, place: Place, *procedures: Procedure) -> Commission:
    opened = DatedPaper("第1号", date(2026, 3, 1))
    papers = {"resolution": opened, "contract": opened, "notice": opened}
    return _commission(office, place, *procedures, **papers, called=POST_OFFICE_CALLED)


def _support(office: str) -> Commission:
    paper = DatedPaper("契約1", date(2026, 3, 1))
    return _commission(office, Place.POST_OFFICE_SUPPORT, Procedure.FORM_SUPPORT, contract=paper)


def _commission(office: str, place: Place, *procedures: Procedure, **papers: Any) -> Commission:
    return Commission(
        since=date(2026, 4, 1),
        source="",
        confirmed=Confirmed.DESIGN,
        municipality=MUNICIPALITY,
        office=office,
        place=place,
        procedures=frozenset(procedures),
        **papers,
    )


class Direct:
    """The service without a network, by the names of the wire."""

    def __init__(self, service: ApplicationService, caller: Caller) -> None:
        self._service = service
        self._caller = caller

    def Allowed(self, request: wire.AllowedRequest) -> wire.AllowedReply:  # noqa: N802
        return self._service.allowed(request, self._caller)

    def BeginProcedure(self, request: wire.BeginProcedureRequest) -> wire.BeginProcedureReply:  # noqa: N802
        return self._service.begin_procedure(request, self._caller)

    def EndProcedure(self, request: wire.EndProcedureRequest) -> wire.EndProcedureReply:  # noqa: N802
        return self._service.end_procedure(request, self._caller)

    def FindResident(self, request: wire.FindResidentRequest) -> wire.FindResidentReply:  # noqa: N802
        return self._service.find_resident(request, self._caller)

    def AskExpress(self, request: wire.AskExpressRequest) -> wire.AskExpressReply:  # noqa: N802
        return self._service.ask_express(request, self._caller)

    def ListHere(self, request: wire.ListHereRequest) -> wire.ListHereReply:  # noqa: N802
        return self._service.list_here(request, self._caller)

    def Open(self, request: wire.OpenRequest) -> wire.StepReply:  # noqa: N802
        return self._service.open_draft(request, self._caller)

    def Tell(self, request: wire.TellRequest) -> wire.StepReply:  # noqa: N802
        return self._service.tell(request, self._caller)

    def Attach(self, requests: Iterator[wire.AttachRequest]) -> wire.StepReply:  # noqa: N802
        return self._service.attach(requests, self._caller)

    def Move(self, request: wire.MoveRequest) -> wire.StepReply:  # noqa: N802
        return self._service.move(request, self._caller)

    def FindWaiting(self, request: wire.FindWaitingRequest) -> wire.FindWaitingReply:  # noqa: N802
        return self._service.find_waiting(request, self._caller)

    def AdmitTaker(self, request: wire.AdmitTakerRequest) -> wire.AdmitTakerReply:  # noqa: N802
        return self._service.admit_taker(request, self._caller)

    def CompareCard(self, request: wire.CompareCardRequest) -> wire.StepReply:  # noqa: N802
        return self._service.compare_card(request, self._caller)

    def AskRenewal(self, request: wire.AskRenewalRequest) -> wire.AskRenewalReply:  # noqa: N802
        return self._service.ask_renewal(request, self._caller)

    def Activated(self, request: wire.ActivatedRequest) -> wire.StepReply:  # noqa: N802
        return self._service.activated(request, self._caller)

    def Show(self, request: wire.ShowRequest) -> wire.ShowReply:  # noqa: N802
        return self._service.show(request, self._caller)

    def ReadAttachment(  # noqa: N802
        self, request: wire.ReadAttachmentRequest
    ) -> Iterator[wire.ReadAttachmentReply]:
        return self._service.read_attachment(request, self._caller)

    def Paper(self, request: wire.PaperRequest) -> Iterator[wire.PaperReply]:  # noqa: N802
        return self._service.paper(request, self._caller)


class OnTheWire:
    """The stub with the deadline that every call needs."""

    def __init__(self, stub: applications_pb2_grpc.ApplicationServiceStub) -> None:
        self._stub = stub

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._stub, name)
        return lambda request: call(request, timeout=20.0)


_BESIDE = {"post-office": "clerk", "field-support": "helper"}
"""Who is beside an applicant."""


@dataclass
class Counter:
    """A counter at a terminal: who stands behind it, and the application at hand."""

    call: Any
    session: Callable[[str, str, str, str], bytes]
    """Of a member of staff who is signed in: by municipality, place, mark and role."""
    place: str = "post-office"
    staff: str = "clerk-1"
    role: str = "clerk"
    works_for: str = MUNICIPALITY
    residence: str = MUNICIPALITY
    application: str = ""
    version: int = 0
    refusal: wire.ApplicationRefusal | None = field(default=None)

    @property
    def desk(self) -> wire.Desk:
        applicant = self.role == "applicant"
        role = _BESIDE.get(self.place, "officer") if applicant else self.role
        session = self.session(self.works_for, self.place, self.staff, role)
        return wire.Desk(municipality=self.works_for, session=session, applicant=applicant)

    @property
    def which(self) -> wire.WhichApplication:
        return wire.WhichApplication(municipality=self.residence, application=self.application, version=self.version)

    def may(self, procedure: str, comer: str = "person", residence: str | None = None) -> str:
        """Empty when it may be done here; else why not, and the first place where it may."""
        home = self.residence if residence is None else residence
        asked = wire.AllowedRequest(desk=self.desk, procedure=procedure, comer=comer, municipality=home)
        reply: wire.AllowedReply = self.call.Allowed(asked)
        if not reply.HasField("refusal"):
            return ""
        self.refusal = reply.refusal
        return ": ".join((reply.refusal.reason, *(each.kind for each in reply.refusal.instead[:1])))

    def open(self, resident: str = "kengo", route: str = "mail", **more: Any) -> str:
        comer = more.pop("comer", "person")
        asked = wire.OpenRequest(
            desk=self.desk, token=token(), municipality=self.residence, resident=resident, comer=comer, route=route
        )
        for name, value in more.items():
            if isinstance(value, wire.ExpressAsked):
                asked.express_asked.CopyFrom(value)
            else:
                setattr(asked, name, value)
        return self.took(self.call.Open(asked))

    def tell(
        self,
        form: Mapping[str, str] | None = None,
        shown: tuple[str, ...] | None = None,
        **more: Any,
    ) -> str:
        asked = wire.TellRequest(desk=self.desk, token=token(), which=self.which, **more)
        if form is not None:
            asked.form.CopyFrom(wire.Form(fields=form))
        if shown is not None:
            documents = [wire.ShownDocument(kind=each) for each in shown]
            asked.shown.CopyFrom(wire.ShownDocuments(documents=documents))
        return self.took(self.call.Tell(asked))

    def attach(self, kind: str = "photo", content: bytes = PHOTO, media_type: str = "image/jpeg") -> str:
        return self.took(self.call.Attach(iter(self.parts(kind, content, media_type, token()))))

    def parts(self, kind: str, content: bytes, media_type: str, of: bytes) -> list[wire.AttachRequest]:
        head = wire.AttachHead(desk=self.desk, token=of, which=self.which, kind=kind, media_type=media_type)
        pieces = [content[at : at + 60_000] for at in range(0, len(content), 60_000)]
        return [wire.AttachRequest(head=head), *(wire.AttachRequest(piece=piece) for piece in pieces)]

    def move(self, event: str) -> str:
        return self.took(self.call.Move(wire.MoveRequest(desk=self.desk, token=token(), which=self.which, event=event)))

    def show(self) -> wire.ShowReply:
        reply: wire.ShowReply = self.call.Show(wire.ShowRequest(desk=self.desk, which=self.which))
        if reply.HasField("shown"):
            self.version = reply.shown.standing.version
        return reply

    def read(self, number: int) -> bytes | str:
        """The content, or why it can't be had."""
        asked = wire.ReadAttachmentRequest(desk=self.desk, which=self.which, number=number)
        replies = list(self.call.ReadAttachment(asked))
        if replies[0].HasField("refusal"):
            return str(replies[0].refusal.reason)
        return b"".join(reply.piece for reply in replies[1:])

    def took(self, reply: wire.StepReply) -> str:
        """The state after a step, or the reason of its refusal."""
        if reply.HasField("refusal"):
            self.refusal = reply.refusal
            return reply.refusal.reason
        self.application, self.version = reply.done.application, reply.done.version
        return reply.done.state

    def taken_in(self, resident: str = "kengo", route: str = "mail") -> str:
        """The whole way until it is sent to the municipality."""
        assert self.open(resident, route) == "draft", self.refusal
        return self.completed()

    def completed(self) -> str:
        """From the draft on."""
        assert self.attach() == "draft"
        assert self.attach("identity-document", SCAN, "application/pdf") == "draft"
        more = {"photo": "fit", "pin_form_sealed": True, "mail_kind": "addressee-only-special"}
        assert self.tell(FORM, LICENCE_AND_PASSPORT, **more) == "draft", self.refusal
        assert self.move("check-identity") == "identity-checked", self.refusal
        assert self.move("capture") == "captured", self.refusal
        return self.move("send")


def at_counter(server: ServerForTests, terminal: str = "kiosk-1", **desk: Any) -> Counter:
    call = Direct(server.node.applications, server.caller(terminal))
    return Counter(call, sessions_at(server, terminal), **desk)


def on_the_wire(running: WireServer, terminal: str = "kiosk-1", **desk: Any) -> Counter:
    stub = applications_pb2_grpc.ApplicationServiceStub(running.channel(terminal))
    return Counter(OnTheWire(stub), sessions_at(running.server, terminal), **desk)


def at_hall(server: ServerForTests, **desk: Any) -> Counter:
    return at_counter(
        server, "hall-1", **{"place": "municipal-counter", "staff": "officer-7", "role": "officer", **desk}
    )


def officer(name: str = "officer-1", municipality: str = MUNICIPALITY) -> Actor:
    return Actor(name, Role.OFFICER, municipality)


def moved(
    server: ServerForTests,
    counter: Counter,
    actor: Actor,
    event: EventKind,
    reason: Reason | None = None,
) -> str:
    """The state after a move by somebody who is known, or the reason of its refusal."""
    which = Which(counter.residence, counter.application, version_of(server.database, counter))
    return outcome(move_application(parts(server), Known(actor), which, Event(event, reason)))


def outcome(done: Done | Declined) -> str:
    return done.state.value if isinstance(done, Done) else done.reason.value


def parts(server: ServerForTests) -> ApplicationParts:
    return server.node.application_parts


def version_of(database: Database, counter: Counter) -> int:
    of_it = applications.c.application == counter.application
    with database.reading() as connection:
        version: int = connection.execute(select(applications.c.version).where(of_it)).scalar_one()
    return version


def verified(server: ServerForTests, municipality: str = MUNICIPALITY) -> AuditHead:
    """The audit log's head, after all of it was checked."""
    with server.database.reading() as connection:
        return verify(connection, municipality)


def entries_of(server: ServerForTests, municipality: str = MUNICIPALITY) -> list[tuple[str, dict[str, Any]]]:
    """What the audit log says, by event."""
    table = audit_log.c
    with server.database.reading() as connection:
        rows = connection.execute(
            select(table.event, table.detail).where(table.municipality == municipality).order_by(table.audit_seq)
        )
        return [(row.event, json.loads(row.detail)) for row in rows]
