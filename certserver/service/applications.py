"""The service for card applications: turns what came over the wire into the use cases and back. It knows no gRPC, so a
simulation calls it as the wire does. What officers decide in a review is no part of it."""

import re
from collections.abc import Iterator
from hashlib import sha256

from google.protobuf.message import Message

from certserver.applications.attachments import MAX_SCAN_BYTES, AttachmentKind, MediaType
from certserver.applications.express import Claim, FeeWeighed
from certserver.applications.express_codes import ExpressCode
from certserver.applications.facts import Facts
from certserver.applications.form import FIELDS
from certserver.applications.hand_over import PinSetting
from certserver.applications.mail_delivery import MailKind
from certserver.applications.places import Procedure
from certserver.applications.states import Event, EventKind, OldCard, PhotoState, Reason, Route
from certserver.errors import BadRequest
from certserver.identity.model import Identity
from certserver.papers.kinds import PAPERS, About, PaperKind, PaperLanguage
from certserver.pipeline.admission import Caller
from certserver.pipeline.card_applications.expressing import ExpressQuestion, ExpressSaid, ask_express
from certserver.pipeline.card_applications.finding import Said, Search, find_resident
from certserver.pipeline.card_applications.handing_over import OnDesk, activate, admit_taker, compare_card
from certserver.pipeline.card_applications.listing import list_here
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.opening import Opening, open_draft
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.papers import PaperParts, blank_paper, filled_paper, guidance_paper
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import Asked, ask_permitted
from certserver.pipeline.card_applications.procedures import begin_procedure, end_procedure
from certserver.pipeline.card_applications.renewing import ask_renewal
from certserver.pipeline.card_applications.stepping import Request, Which
from certserver.pipeline.card_applications.telling import NewAttachment, attach, tell_at_counter
from certserver.pipeline.card_applications.viewing import Content, read_attachment, show
from certserver.pipeline.card_applications.waiting import SearchWaiting, find_waiting
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.pipeline.sessions import SESSION_ID_BYTES
from certserver.pipeline.staff.sessions import SESSION_BYTES
from certserver.service.application_messages import (
    PIECE_BYTES,
    content_messages,
    express_message,
    found_message,
    list_message,
    paper_messages,
    refusal_message,
    renewal_message,
    show_message,
    step_message,
)
from certserver.service.bounds import MAX_X509, chosen, exactly, municipality_code
from certserver.service.hand_over_messages import (
    MAX_SHOWN,
    admitted_message,
    day_of,
    hand_over_of,
    one_of,
    shown_document,
    waiting_message,
)
from certserver.service.procedure_messages import beginning_of, begun_message, ending_of
from koufu.applying.words import Comer
from koufu.v1 import applications_pb2 as wire

TOKEN_BYTES = 16
MAX_RESIDENT = 64
MAX_NAME = 200
MAX_CLAIMS = 9
MAX_X509S = 2

_APPLICATION_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_AT_COUNTERS = {
    each.value: each
    for each in (
        *(EventKind.CHECK_IDENTITY, EventKind.CAPTURE, EventKind.SEND, EventKind.WITHDRAW),
        *(EventKind.RESERVE, EventKind.MISS, EventKind.DELIVER),
    )
}
_COMERS = {each.value: each for each in (Comer.PERSON, Comer.LEGAL_REPRESENTATIVE)}


class ApplicationService:
    """The RPCs of one server. Every method raises `BadRequest` for what the wire does not allow."""

    def __init__(self, parts: ApplicationParts, papers: PaperParts, cards: Identity) -> None:
        self._parts = parts
        self._papers = papers
        self._cards = cards

    def allowed(self, request: wire.AllowedRequest, caller: Caller) -> wire.AllowedReply:
        """Whether a procedure may be done at a desk, today, for whoever came."""
        declined = ask_permitted(self._parts, _desk(request.desk, caller), _asked(request))
        return wire.AllowedReply(refusal=None if declined is None else refusal_message(declined))

    def begin_procedure(self, request: wire.BeginProcedureRequest, caller: Caller) -> wire.BeginProcedureReply:
        """A procedure of X.509s or PINs begins on the card that lies there."""
        who, asked = _desk(request.desk, caller), beginning_of(request)
        return begun_message(begin_procedure(self._parts, self._cards, who, asked))

    def end_procedure(self, request: wire.EndProcedureRequest, caller: Caller) -> wire.EndProcedureReply:
        """How it ended."""
        declined = end_procedure(self._parts, _desk(request.desk, caller), ending_of(request))
        return wire.EndProcedureReply(refusal=None if declined is None else refusal_message(declined))

    def find_resident(self, request: wire.FindResidentRequest, caller: Caller) -> wire.FindResidentReply:
        """Who somebody is who came."""
        by: Said | bytes = request.session
        if not request.session:
            by = _said(request.name, request.born)
        elif len(request.session) != SESSION_ID_BYTES:
            raise BadRequest(f"session: {SESSION_ID_BYTES} bytes are expected")
        search = Search(municipality_code(request.municipality), by)
        return found_message(find_resident(self._parts, _desk(request.desk, caller), search))

    def ask_express(self, request: wire.AskExpressRequest, caller: Caller) -> wire.AskExpressReply:
        """Whether, for how much and about when."""
        question = ExpressQuestion(
            municipality_code(request.municipality), _resident(request.resident), _express(request.asked)
        )
        return express_message(ask_express(self._parts, _desk(request.desk, caller), question))

    def ask_renewal(self, request: wire.AskRenewalRequest, caller: Caller) -> wire.AskRenewalReply:
        """From which day X.509s are renewed."""
        if not 0 < len(request.last_days) <= MAX_X509S:
            raise BadRequest(f"last_days: 1 to {MAX_X509S} are expected")
        last_days = tuple(day_of("last_days", each) for each in request.last_days)
        return renewal_message(ask_renewal(self._parts, _desk(request.desk, caller), last_days))

    def list_here(self, request: wire.ListHereRequest, caller: Caller) -> wire.ListHereReply:
        """What was taken in at this office."""
        return list_message(list_here(self._parts, _desk(request.desk, caller)))

    def open_draft(self, request: wire.OpenRequest, caller: Caller) -> wire.StepReply:
        """A new draft."""
        who = _desk(request.desk, caller)
        try:
            wanted = Opening(
                municipality=municipality_code(request.municipality),
                resident_id=_resident(request.resident),
                comer=chosen("comer", request.comer, _COMERS),
                route=one_of("route", request.route, Route),
                express=_express(request.express_asked) if request.express else None,
                face_auth=request.face_auth,
            )
        except ValueError as error:
            raise BadRequest(str(error)) from error
        return step_message(open_draft(self._parts, who, _request(request.token, request), wanted))

    def tell(self, request: wire.TellRequest, caller: Caller) -> wire.StepReply:
        """What became known."""
        who, which = _desk(request.desk, caller), _which(request.which)
        session = request.shown.card_session
        if session:
            exactly("card_session", session, SESSION_ID_BYTES)
        asked = _request(request.token, request)
        return step_message(tell_at_counter(self._parts, who, which, _facts(request), session, asked))

    def attach(self, requests: Iterator[wire.AttachRequest], caller: Caller) -> wire.StepReply:
        """A photo or scan."""
        first = next(requests, None)
        if first is None or not first.HasField("head"):
            raise BadRequest("head: it is expected first")
        head = first.head
        who, which = _desk(head.desk, caller), _which(head.which)
        kind = one_of("kind", head.kind, AttachmentKind)
        media_type = one_of("media_type", head.media_type, MediaType)
        content = _gathered(requests)
        asked = Request(exactly("token", head.token, TOKEN_BYTES), _bytes_of(head) + sha256(content).digest())
        return step_message(attach(self._parts, who, which, NewAttachment(kind, media_type, content), asked))

    def move(self, request: wire.MoveRequest, caller: Caller) -> wire.StepReply:
        """What happens to an application at a counter."""
        who, which = _desk(request.desk, caller), _which(request.which)
        kind = chosen("event", request.event, _AT_COUNTERS)
        event = Event(kind, Reason.APPLICANT_ASKED if kind is EventKind.WITHDRAW else None)
        return step_message(move_application(self._parts, who, which, event, _request(request.token, request)))

    def find_waiting(self, request: wire.FindWaitingRequest, caller: Caller) -> wire.FindWaitingReply:
        """The card that waits for somebody."""
        if request.application:
            by: Said | str = _application(request.application)
        else:
            by = _said(request.name, request.born)
        search = SearchWaiting(municipality_code(request.municipality), by)
        return waiting_message(find_waiting(self._parts, _desk(request.desk, caller), search))

    def admit_taker(self, request: wire.AdmitTakerRequest, caller: Caller) -> wire.AdmitTakerReply:
        """Whether whoever came may have the card."""
        who, which, asked = _desk(request.desk, caller), _which(request.which), hand_over_of(request.hand_over)
        return admitted_message(admit_taker(self._parts, who, which, asked, _request(request.token, request)))

    def compare_card(self, request: wire.CompareCardRequest, caller: Caller) -> wire.StepReply:
        """Whether the card on the desk is the one that was made."""
        who, which = _desk(request.desk, caller), _which(request.which)
        if len(request.user_auth_x509) > MAX_X509:
            raise BadRequest(f"user_auth_x509: at most {MAX_X509} bytes are expected")
        on_desk = OnDesk(request.user_auth_x509, request.by_eye)
        return step_message(compare_card(self._parts, who, which, on_desk, _request(request.token, request)))

    def activated(self, request: wire.ActivatedRequest, caller: Caller) -> wire.StepReply:
        """The card bears its PINs."""
        who, which = _desk(request.desk, caller), _which(request.which)
        setting = one_of("pin_setting", request.pin_setting, PinSetting)
        return step_message(activate(self._parts, who, which, setting, _request(request.token, request)))

    def show(self, request: wire.ShowRequest, caller: Caller) -> wire.ShowReply:
        """Where an application stands, or all of it."""
        who, which = _desk(request.desk, caller), _which(request.which)
        return show_message(show(self._parts, who, which.municipality, which.application_id))

    def read_attachment(
        self, request: wire.ReadAttachmentRequest, caller: Caller
    ) -> Iterator[wire.ReadAttachmentReply]:
        """A photo or scan."""
        who, which = _desk(request.desk, caller), _which(request.which)
        found = read_attachment(self._parts, who, which.municipality, which.application_id, request.number)
        if isinstance(found, Declined):
            return iter((wire.ReadAttachmentReply(refusal=refusal_message(found)),))
        assert isinstance(found, Content)
        return content_messages(found)

    def paper(self, request: wire.PaperRequest, caller: Caller) -> Iterator[wire.PaperReply]:
        """A paper."""
        who, kind = _desk(request.desk, caller), one_of("kind", request.kind, PaperKind)
        about = PAPERS[kind].about
        if about is About.OFFICE:
            raise BadRequest("kind: such papers are printed by `koufu-server paper`")
        if request.HasField("matter") != (about is About.MATTER):
            raise BadRequest("matter: it is expected for where-to-go alone")
        if request.HasField("which") and about is not About.APPLICATION:
            raise BadRequest("which: this paper is about no application")
        if request.language and about is About.APPLICATION:
            raise BadRequest("language: forms are in Japanese alone")
        language = one_of("language", request.language or PaperLanguage.JAPANESE.value, PaperLanguage)
        if about is About.MATTER:
            drawn = guidance_paper(self._parts, self._papers, who, _asked(request.matter), language)
        elif request.HasField("which"):
            which = _which(request.which)
            drawn = filled_paper(self._parts, self._papers, who, which.municipality, which.application_id, kind)
        else:
            drawn = blank_paper(self._parts, self._papers, who, kind, language)
        return paper_messages(drawn)


def _asked(about: wire.AllowedRequest | wire.PaperMatter) -> Asked:
    return Asked(
        procedure=one_of("procedure", about.procedure, Procedure),
        comer=one_of("comer", about.comer, Comer),
        municipality=municipality_code(about.municipality) if about.municipality else None,
    )


def _desk(desk: wire.Desk, caller: Caller) -> AtTerminal:
    session = exactly("session", desk.session, SESSION_BYTES)
    return AtTerminal(caller, municipality_code(desk.municipality), session, desk.applicant)


def _which(which: wire.WhichApplication) -> Which:
    return Which(municipality_code(which.municipality), _application(which.application), which.version)


def _application(number: str) -> str:
    if not _APPLICATION_ID.fullmatch(number):
        raise BadRequest("application: 32 hexadecimal digits are expected")
    return number


def _said(name: str, born: str) -> Said:
    if not 0 < len(name) <= MAX_NAME:
        raise BadRequest(f"name: 1 to {MAX_NAME} characters are expected")
    return Said(name, day_of("born", born))


def _request(token: bytes, message: Message) -> Request:
    return Request(exactly("token", token, TOKEN_BYTES), _bytes_of(message))


def _bytes_of(message: Message) -> bytes:
    """The same for the same request, whatever the order of a map's entries, and in whatever session: who asks is told
    apart by mark. Never compared with another build's."""
    asked = type(message)()
    asked.CopyFrom(message)
    asked.ClearField("desk")
    return type(message).__name__.encode() + b" " + asked.SerializeToString(deterministic=True)


def _facts(request: wire.TellRequest) -> Facts:
    shown = None
    if request.HasField("shown"):
        if len(request.shown.documents) > MAX_SHOWN:
            raise BadRequest(f"shown: at most {MAX_SHOWN} are expected")
        shown = tuple(shown_document(each) for each in request.shown.documents)
    if len(request.form.fields) > len(FIELDS):
        raise BadRequest(f"form: at most {len(FIELDS)} fields are expected")
    return Facts(
        form=dict(request.form.fields) if request.HasField("form") else None,
        shown=shown,
        photo=one_of("photo", request.photo, PhotoState) if request.HasField("photo") else None,
        pin_form_sealed=request.pin_form_sealed if request.HasField("pin_form_sealed") else None,
        old_card=one_of("old_card", request.old_card, OldCard) if request.HasField("old_card") else None,
        mail_kind=one_of("mail_kind", request.mail_kind, MailKind) if request.HasField("mail_kind") else None,
    )


def _express(asked: wire.ExpressAsked) -> ExpressSaid:
    if len(asked.claims) > MAX_CLAIMS:
        raise BadRequest(f"claims: at most {MAX_CLAIMS} are expected")
    return ExpressSaid(
        claims=tuple(
            Claim(
                one_of("code", each.code, ExpressCode),
                day_of("happened_on", each.happened_on),
                one_of("weighed", each.weighed or FeeWeighed.AS_THE_ROW.value, FeeWeighed),
            )
            for each in asked.claims
        ),
        comes=asked.comes,
        last_card_on=day_of("last_card_on", asked.last_card_on) if asked.last_card_on else None,
        card_from_abroad_valid=asked.card_from_abroad_valid,
        with_birth_notice=asked.with_birth_notice,
        move_planned=asked.move_planned,
        wants_x509=asked.wants_x509,
    )


def _resident(key: str) -> str:
    if not 0 < len(key) <= MAX_RESIDENT:
        raise BadRequest(f"resident: 1 to {MAX_RESIDENT} characters are expected")
    return key


def _gathered(requests: Iterator[wire.AttachRequest]) -> bytes:
    """The content in one, never more of it than may be attached."""
    content = bytearray()
    for request in requests:
        if not request.HasField("piece") or not 0 < len(request.piece) <= PIECE_BYTES:
            raise BadRequest(f"piece: 1 to {PIECE_BYTES} bytes are expected")
        content += request.piece
        if len(content) > MAX_SCAN_BYTES:
            raise BadRequest(f"piece: at most {MAX_SCAN_BYTES} bytes in all are expected")
    if not content:
        raise BadRequest("piece: some are expected behind the head")
    return bytes(content)
