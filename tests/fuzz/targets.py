"""What takes bytes from outside: each target with true bytes to start from and the faults it may answer with."""

import io
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from certserver.errors import BadRequest
from certserver.identity.policy import JPKI
from certserver.identity.x509 import examine, verify_answer
from certserver.service.terminal_messages import beat_of
from certserver.signing.requests import read_request
from hardware.card.jpki import JpkiSession, read_facts
from hardware.errors import HardwareError
from hardware.sensors.board.codec import Lines, board_line, kiosk_line, read_board, read_kiosk
from hardware.sensors.board.words import FromBoard, FromKiosk, Seen, Wanted
from hardware.sensors.model import Lamp, Place, Power
from kiosk.actions import log_chain
from kiosk.actions.journal import Journal
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.actions.wire_values import board_of, offer_of
from kiosk.composition.settings import example, read_settings
from kiosk.errors import ConfigurationError, ServerFault
from kiosk.flow.documents import Delivery, Outcome, WaitingDocument
from kiosk.photo.intake import read as read_photo
from koufu.evidence import sealcode
from koufu.evidence.bitmap import Bitmap
from koufu.evidence.bundle import BundleClause, BundleFont, CheckingWords, FormBundle
from koufu.evidence.challenge import Challenge
from koufu.evidence.content import FIRST, PageContent, PageEntry, picture_of
from koufu.evidence.directory import Directory
from koufu.evidence.errors import EvidenceError
from koufu.evidence.facecode import FaceCode
from koufu.evidence.numbers import document_number, parse_document_number
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.statement import Statement
from koufu.evidence.trustlist import ListedBundle, ListedKey, Period, Revocation, RevocationReason, TrustList
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.terminals_pb2 import EnrolRequest, RenewRequest
from printers.errors import PrinterError
from printers.escpos.conversation import EscposPace
from printers.escpos.slip_printer import EscposSlipPrinter
from printers.ipp.codec import Attribute, GroupTag, Operation, ValueTag, decode_answer, encode_request, keyword
from printers.ipp.state import read_job, read_printer
from printers.slips.reader import read_strips
from tests.support.cards import CardLine, card
from tests.support.directory_entries import an_entry
from tests.support.printer_clocks import JumpingClock
from tests.support.sim_log import SimLog, a_moment
from tests.support.terminal_keys import new_key, request_of
from tests.support.trust_lists import a_signatory, a_trust_list

NUMBER = document_number(bytes(range(10)))
SLIP_DOTS = 576


@dataclass(frozen=True, slots=True)
class Target:
    """`take` eats bytes and may raise `faults`, nothing else."""

    name: str
    seeds: tuple[bytes, ...]
    take: Callable[[bytes], object]
    faults: tuple[type[Exception], ...]


def _challenge() -> Challenge:
    return Challenge("992011", "kiosk-1", bytes(32), 1_800_000_000)


def _order() -> Order:
    lines = (
        OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, frozenset(Option), 2, ("m1", "m2")),
        OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.SELF),
    )
    return Order("992011", "kiosk-1", bytes(16), bytes(32), lines, "v1", 600, "standard", 1_800_000_000)


def _statement() -> Statement:
    return Statement(
        *("992011", bytes(32), bytes(16), 0, 0, CertificateKind.RESIDENCE, NUMBER),
        *((bytes(32),), bytes(32), 1000, 1_800_000_000),
    )


def _page() -> PageContent:
    entries = (PageEntry("address", "住所", "見本県見本市"), PageEntry("1.name", "氏名", "辻\U000e0102　健吾"))
    pictures = (picture_of("imprint", _bitmap()),)
    kind = CertificateKind.RESIDENCE
    return PageContent(
        *("992011", kind, "residence/1", bytes(32), NUMBER, 1, 1, FIRST, 1_800_000_000, "even"), entries, pictures
    )


def _bitmap() -> Bitmap:
    return Bitmap(12, 4, bytes.fromhex("0ff01010f0f00000"))


def _bundle() -> FormBundle:
    return FormBundle(
        municipality="992011",
        since=1_700_000_000,
        prefecture="見本県",
        name="見本市",
        mayor=("見本市長　見本　太郎",),
        official_seal=_bitmap(),
        clauses=(BundleClause(CertificateKind.RESIDENCE, True, "証明する。"),),
        checking=CheckingWords("kakunin.mihon.example", "市民課", "000-000-0000", "平日"),
        forms=((CertificateKind.RESIDENCE, "residence-household/1"),),
        fonts=(BundleFont("M", 0, bytes(32)),),
    )


def _directory() -> Directory:
    entry = an_entry()
    return Directory((entry,), 1_800_000_000, 1_900_000_000)


def _trust_list() -> TrustList:
    revoked = ListedKey(bytes(32), Period(0, 1), Revocation(1, RevocationReason.LOST))
    bundle = ListedBundle(bytes(32), Period(0))
    return a_trust_list(replace(a_signatory(), keys=(revoked,), bundles=(bundle,)), number=7)


def _symbols(garbage: bytes) -> object:
    symbols = list(sealcode.split(bytes(900), NUMBER, 1, 1))
    return sealcode.join([garbage, *symbols[1:]])


def _card_says(garbage: bytes) -> object:
    pieces = iter([garbage[at : at + 64] for at in range(0, len(garbage), 64)])
    return JpkiSession(CardLine(card(), lambda _apdu: next(pieces, b"\x90\x00"))).facts()


def _wire_takes(garbage: bytes) -> object:
    for message in (
        wire.OpenSessionRequest,
        wire.PrepareRequest,
        wire.ReportOutcomeRequest,
        EnrolRequest,
        RenewRequest,
    ):
        message.FromString(garbage)
    beat = wire.HeartbeatRequest.FromString(garbage)
    with suppress(BadRequest):
        beat_of(beat)
    return None


def _beat() -> bytes:
    told = wire.TerminalTold(faults=["paper"], sheets=12, owed=wire.Owed(yen=300, debts=1))
    log = wire.TerminalLog(lines=[wire.LogLine(at=1_800_000_000, level="error", event="action broke", yen=300)])
    devices = {"paper": "empty"}
    beat = wire.HeartbeatRequest(municipality="992011", build="0.1.0", schema=2, devices=devices, told=told, log=log)
    return beat.SerializeToString()


def _board() -> bytes:
    window = wire.Window(place="市役所", hours="8:30", phone="000", bring="カード")
    rows = [wire.BoardRow(kind="residence", fee=200, open_now=True, opens_at=390, closes_at=1380)]
    board = wire.Board(municipality_name="見本市", rows=rows, window=window, closure_from="2026-08-01")
    board.closure_to = "2026-08-02"
    return wire.HeartbeatReply(admitted=True, board=board).SerializeToString()


def _offer() -> bytes:
    kinds = [wire.OfferedKind(kind="residence", fee=200, scopes=["self"], options=["relationship"], max_copies=3)]
    years = [wire.Matter(reference="2026", label="令和8年度", label_en="FY2026")]
    kinds.append(wire.OfferedKind(kind="income-tax", fee=200, scopes=["self"], max_copies=3, matters=years))
    members = [wire.Member(reference="m1", name="見本 花子", self=True, circle="household")]
    offer = wire.Offer(offer_version="1", session_nonce=bytes(32), expires_at=1_800_000_000, kinds=kinds)
    offer.members.extend(members)
    offer.purposes.append(wire.Purpose(code="bank", kind="residence", scope="self", advice="order"))
    return wire.AnswerChallengeReply(offer=offer).SerializeToString()


def _server_says(garbage: bytes) -> object:
    """The server's answers, up to an order that a card could be asked to prove."""
    board = wire.HeartbeatReply.FromString(garbage).board
    with suppress(ServerFault):
        board_of("992011", board)
    offer = offer_of(wire.AnswerChallengeReply.FromString(garbage).offer)
    order = replace(_order(), offer_version=offer.version, expires_at=offer.expires_at)
    return Order.from_bytes(replace(order, session_nonce=offer.session_nonce).to_bytes())


def _journal_holds(garbage: bytes) -> object:
    journal = Journal(SimLog(garbage.split(b"\n")), nullcontext(), a_moment)
    return journal.waiting(), journal.visit and journal.visit.report()


def _journal() -> bytes:
    log = SimLog()
    journal = Journal(log, nullcontext(), a_moment)
    document = WaitingDocument(0, 0, CertificateKind.RESIDENCE, NUMBER, 1)
    report = OutcomeReport("992011", bytes(16), bytes(16), (Delivery(document, Outcome.DELIVERED, 1),), 200, "proof")
    journal.begin(
        SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00" * 16, token="00" * 16, held=500)
    )
    journal.report(report)
    return b"\n".join(log.entries)


def _log() -> bytes:
    """A file of two entries, with little room."""
    first = log_chain.entry(1, log_chain.FIRST, b'{"at": "2026"}')
    content, end = log_chain.fresh(first, 300)
    second = log_chain.line(log_chain.entry(2, first.own, b"{}"))
    return content[:end] + second + content[end + len(second) :]


def _printer_says(garbage: bytes) -> object:
    answer = decode_answer(garbage)
    return read_printer(answer.first(GroupTag.PRINTER)), read_job(answer.first(GroupTag.JOB))


class _Line:
    """A line on which a printer says these bytes, eight at a time, and then nothing for as long as anybody waits."""

    two_way = True

    def __init__(self, says: bytes, clock: JumpingClock) -> None:
        self._says = [says[at : at + 8] for at in range(0, len(says), 8)]
        self._clock = clock

    def write(self, data: bytes, within: float) -> None: ...

    def read(self, limit: int, within: float) -> bytes:
        self._clock.wait(within)
        return self._says.pop(0)[:limit] if self._says and within else b""

    def close(self) -> None: ...


def _slip_printer_says(garbage: bytes) -> object:
    clock = JumpingClock()
    printer = EscposSlipPrinter(_Line(garbage, clock), clock, EscposPace(on_paper_within=2))
    return printer.status(), printer.print(b"slip")


def _printer_answer() -> bytes:
    attributes = [
        Attribute("job-id", ValueTag.INTEGER, (7,)),
        keyword("job-state-reasons", "job-printing"),
    ]
    operation = [Attribute("attributes-charset", ValueTag.CHARSET, ("utf-8",))]
    return encode_request(Operation.PRINT_JOB, 1, [(GroupTag.OPERATION, operation), (GroupTag.JOB, attributes)])


def _photos() -> tuple[bytes, ...]:
    """One of each kind that a photo comes as, turned by its EXIF."""
    held = Image.Exif()
    held[0x0112] = 6
    files = []
    for kind, options in (("JPEG", {"progressive": True}), ("JPEG", {}), ("PNG", {})):
        kept = io.BytesIO()
        Image.linear_gradient("L").resize((24, 32)).convert("RGB").save(kept, kind, exif=held, **options)
        files.append(kept.getvalue())
    return tuple(files)


def _sensors() -> bytes:
    return board_line(FromBoard(1, 0xFFFF, Seen(frozenset(Place), present=True, door_open=True, power=Power.LOW)))


def _sensors_wanted() -> bytes:
    return kiosk_line(FromKiosk(2, Wanted(Lamp.ATTENTION, 255, 180, down=True)))


def _sensor_line(data: bytes) -> object:
    """Either end of the line, also in the middle of one."""
    lines = Lines()
    came = [*lines.take(data), *lines.take(data + b"\n")]
    return [(read_board(each), read_kiosk(each)) for each in came]


def targets(root: Path) -> tuple[Target, ...]:
    """Every target."""
    from google.protobuf.message import DecodeError

    evidence = (EvidenceError,)
    x509 = read_facts(CardLine(card())).user_auth_x509
    assert x509 is not None
    face = FaceCode("992011", NUMBER, 1, 1, bytes(16), bytes(3))
    slips = tuple(path.read_bytes() for path in sorted((root / "tests/golden/slips").glob("*.bin")))
    return (
        Target("challenge", (_challenge().to_bytes(),), Challenge.from_bytes, evidence),
        Target("order", (_order().to_bytes(),), Order.from_bytes, evidence),
        Target("statement", (_statement().to_bytes(),), Statement.from_bytes, evidence),
        Target("page", (_page().to_bytes(), replace(_page(), entries=()).to_bytes()), PageContent.from_bytes, evidence),
        Target("bundle", (_bundle().to_bytes(),), FormBundle.from_bytes, evidence),
        Target("directory", (_directory().to_bytes(),), Directory.from_bytes, evidence),
        Target("trust-list", (_trust_list().to_bytes(),), TrustList.from_bytes, evidence),
        Target("face-code", (face.to_bytes(),), FaceCode.from_bytes, evidence),
        Target("seal-code", sealcode.split(bytes(900), NUMBER, 1, 1), _symbols, evidence),
        Target("number", (NUMBER.encode(),), lambda typed: parse_document_number(typed.decode("latin-1")), evidence),
        Target("card", (b"\x90\x00", bytes(256) + b"\x90\x00"), _card_says, (HardwareError,)),
        Target("x509", (x509,), lambda der: examine(der, (), JPKI), ()),
        Target("terminal-request", (request_of("kiosk-1", new_key()),), read_request, ()),
        Target("answer", (bytes(256),), lambda answer: verify_answer(x509, b"order", answer), ()),
        Target(
            "wire",
            (wire.PrepareRequest(order=_order().to_bytes()).SerializeToString(), _beat()),
            _wire_takes,
            (DecodeError,),
        ),
        Target("ipp", (_printer_answer(),), _printer_says, (PrinterError,)),
        Target(
            "escpos", (b"\x12" * 8 + b"\x00", b"\x12" * 4 + b"\x1a\x32\x12\x7e"), _slip_printer_says, (PrinterError,)
        ),
        Target("sensor-board", (_sensors(), _sensors_wanted()), _sensor_line, ()),
        Target("server", (_board(), _offer()), _server_says, (DecodeError, ServerFault)),
        Target("photo", _photos(), read_photo, ()),
        Target("journal", (_journal(),), _journal_holds, (ConfigurationError,)),
        Target("log", (_log(),), log_chain.parse, (log_chain.BrokenChain,)),
        Target(
            "settings",
            (example().encode(), b'municipality = "992011"\nterminal = "kiosk-1"\n'),
            lambda content: read_settings(content, Path("kiosk.toml")),
            (ConfigurationError,),
        ),
        Target(
            "slip",
            slips or (b"\x1b@\x1d!\x11A\n\x1dV\x00",),
            lambda data: read_strips(data, SLIP_DOTS),
            (PrinterError,),
        ),
    )
