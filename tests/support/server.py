"""A certificate server for tests: its home in a folder, virtual cards of a test CA that it trusts, a clock that tests
drive, and, if wanted, the real gRPC server with mutual TLS on a free port of this machine.

    with a_server(tmp_path) as server:                  # use cases without a network
        visit = server.visit("kengo")                   # a card the server knows, at terminal kiosk-1
        issued = visit.issue()

    with a_server(tmp_path) as server, server.on_the_wire() as wire:
        visit = wire.visit("kengo")                     # the same over mutual TLS
"""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection

from certserver.composition.clock import SystemClock
from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.home import TerminalBundle, add_terminal, make_home
from certserver.composition.node import Node, open_node
from certserver.composition.settings import SETTINGS_FILE
from certserver.composition.stores import open_keys, open_storage
from certserver.composition.worker import start_worker
from certserver.demo.artwork import registered_seal
from certserver.demo.hard_cases import hard_cases
from certserver.demo.load import load
from certserver.demo.people import Population
from certserver.demo.settings import enter_settings
from certserver.documents.press import Press
from certserver.identity.crl import enter_crl, read_crl
from certserver.identity.subjects import link_card
from certserver.identity.trust import add_anchor
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.pipeline.admission import Caller
from certserver.pipeline.parts import DocumentMaker
from certserver.ports import JST, unix
from certserver.signing.municipal import MunicipalKey
from certserver.storage.engine import Database
from certserver.storage.keys import municipal_keys
from hardware.card.virtual.persona import Persona, PersonaKind
from koufu.v1 import issuance_pb2_grpc
from tests.support.cards import CardAuthority
from tests.support.databases import Kind, kind, name_of, new_url
from tests.support.key_files import stretch_once
from tests.support.server_documents import PlainDocuments
from tests.support.server_people import MUNICIPALITY, enter_municipality, enter_people
from tests.support.server_settings import POST_OFFICE
from tests.support.server_visit import DirectLine, Line, Visit, WireLine

START = datetime(2026, 6, 10, 10, 0, tzinfo=JST)
"""A Wednesday morning."""

TERMINALS = ("kiosk-1", "kiosk-2")
SQLITE_FILE = "sqlite:///koufu.db"
_SINCE = unix(datetime(2026, 4, 1, tzinfo=JST))

stretch_once()


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)


class ServerForTests:
    """One node over its home."""

    def __init__(self, home: Path, node: Node, clock: HandClock, authority: CardAuthority) -> None:
        self.home = home
        self.node = node
        self.clock = clock
        self.authority = authority
        self._cards: dict[str, Persona] = {}

    @property
    def database(self) -> Database:
        return self.node.parts.database

    @property
    def municipal_key(self) -> MunicipalKey:
        """The key that signs now."""
        with self.database.reading() as connection:
            state = read_state(connection, self.node.settings.municipality)
            assert state is not None
            key = self.node.parts.keys.in_force(connection, state, unix(self.clock.now()))
        assert key is not None
        return key

    def caller(self, terminal: str = TERMINALS[0]) -> Caller:
        """The terminal as mutual TLS would prove it."""
        return _caller(self.home, terminal)

    def card(self, resident_id: str, kind: PersonaKind = PersonaKind.NORMAL, *, face_auth: bool = False) -> Persona:
        """A new card, linked with a resident."""
        persona = self.authority.issue(kind)
        self.link(persona, resident_id, face_auth=face_auth)
        return persona

    def link(
        self, persona: Persona, resident_id: str, *, face_auth: bool = False, of_card: Persona | None = None
    ) -> None:
        subjects = self.node.keys.subjects
        with self.database.writing() as connection:
            link_card(
                connection,
                subjects,
                self.node.settings.municipality,
                persona.user_auth_x509,
                resident_id,
                self.clock.now() - timedelta(days=1),
                face_auth=face_auth,
                of_card=None if of_card is None else of_card.user_auth_x509,
            )

    def revoke(self, persona: Persona) -> None:
        """Takes a card's X.509 back, and puts the new list in force."""
        assert persona.user_auth is not None
        self.authority.authority.issuers[0].revoke(persona.user_auth.x509, self.clock.now())
        self.refresh_crl()

    def refresh_crl(self) -> None:
        """A list of revoked X.509s that is fresh now."""
        _enter_crl(self.database, self.node, self.authority, self.clock.now())

    def configure(self, change: Callable[[Connection], object]) -> None:
        """Changes settings as an operator would: every node reads them anew."""
        with self.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            change(connection)
            book.settings_changed()

    def newcomer(self, terminal: str = TERMINALS[0]) -> Visit:
        """A visit with a card that this server knows no resident for."""
        persona = self.authority.issue(PersonaKind.NORMAL)
        return Visit(self.line(terminal), self.municipal_key.public_key, terminal, persona)

    def line(self, terminal: str = TERMINALS[0]) -> Line:
        """The use cases, called without a network."""
        return DirectLine(self.node.issuance, self.caller(terminal))

    def visit(self, resident_id: str, terminal: str = TERMINALS[0], kind: PersonaKind = PersonaKind.NORMAL) -> Visit:
        """A visit that has a card of this resident and has opened nothing yet."""
        key = f"{resident_id}/{kind.value}"
        if key not in self._cards:
            self._cards[key] = self.card(resident_id, kind)
        return Visit(self.line(terminal), self.municipal_key.public_key, terminal, self._cards[key])

    @contextmanager
    def on_the_wire(self) -> Iterator["WireServer"]:
        """The real server on a free port."""
        worker = start_worker(self.node, "127.0.0.1:0")
        channels: list[grpc.Channel] = []
        try:
            yield WireServer(self, worker.port, channels)
        finally:
            for channel in channels:
                channel.close()
            worker.server.stop(None).wait()
            worker.executor.shutdown()


@dataclass(frozen=True, slots=True)
class WireServer:
    """A running gRPC server."""

    server: ServerForTests
    port: int
    channels: list[grpc.Channel]

    @property
    def address(self) -> str:
        """`host:port`, a name that stands in its X.509."""
        return f"localhost:{self.port}"

    def bundle(self, terminal: str = TERMINALS[0]) -> TerminalBundle:
        """The files of a terminal."""
        return _bundle(self.server.home, terminal)

    def channel(self, terminal: str = TERMINALS[0]) -> grpc.Channel:
        """A mutual TLS channel of its own connection."""
        bundle = self.bundle(terminal)
        credentials = grpc.ssl_channel_credentials(
            bundle.server_ca.read_bytes(), bundle.key.read_bytes(), bundle.x509.read_bytes()
        )
        channel = grpc.secure_channel(self.address, credentials, options=[("grpc.use_local_subchannel_pool", 1)])
        self.channels.append(channel)
        return channel

    def line(self, terminal: str = TERMINALS[0]) -> Line:
        """The RPCs over the network."""
        return WireLine(issuance_pb2_grpc.IssuanceStub(self.channel(terminal)))

    def visit(self, resident_id: str, terminal: str = TERMINALS[0]) -> Visit:
        """As `ServerForTests.visit`, over the network."""
        direct = self.server.visit(resident_id, terminal)
        return Visit(self.line(terminal), direct.statement_key, terminal, direct.persona)


@contextmanager
def a_server(
    folder: Path,
    *,
    documents: DocumentMaker | None = None,
    printed: bool = False,
    admitted: bool = True,
    demo: bool = False,
    filled: "Fill | None" = None,
) -> Iterator[ServerForTests]:
    """A server in a folder, with the people of `server_people`, or, for a `demo`, with the settings and the hard cases
    of 見本市. Documents are plain ones unless `printed` asks for the real press; terminals have sent a heartbeat unless
    `admitted` says otherwise. What `filled` enters is entered once for a test process, and copied."""
    steps = (*((_heartbeats,) if admitted else ()), *((filled,) if filled else ()))
    home = _copied_home(folder, demo, kind(), steps)
    with _opened(home, SheetMaker(_press()) if printed else documents or PlainDocuments()) as server:
        yield server


Fill = Callable[[ServerForTests], None]
"""Enters something in a server, at the time at which each begins."""


def _heartbeats(server: ServerForTests) -> None:
    for terminal in TERMINALS:
        server.line(terminal).heartbeat(MUNICIPALITY)


@contextmanager
def _opened(home: Path, documents: DocumentMaker) -> Iterator[ServerForTests]:
    clock = HandClock()
    node = open_node(home, documents, clock)
    try:
        yield ServerForTests(home, node, clock, _authority())
    finally:
        node.close()


@functools.cache
def _press() -> Press:
    return load_press()


def _authority() -> CardAuthority:
    """A hierarchy of its own for each server: what one test revokes is no other's business."""
    return CardAuthority(START.astimezone(UTC), seed="server")


def _copied_home(folder: Path, demo: bool, stands_on: Kind, steps: tuple[Fill, ...]) -> Path:
    home, (template, url) = folder / "home", _template(demo, stands_on, steps)
    shutil.copytree(template, home)
    if stands_on is Kind.POSTGRESQL:
        file = home / SETTINGS_FILE
        file.write_text(file.read_text().replace(SQLITE_FILE, new_url(folder, "home", name_of(url))))
    return home


@functools.cache
def _template(demo: bool, stands_on: Kind, steps: tuple[Fill, ...]) -> tuple[Path, str]:
    """A home that is made once for a test process and copied for each test, and the URL of its database: a copy of the
    one with a step less, and this step."""
    folder = Path(tempfile.mkdtemp(prefix="koufu-server-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    base, of = _template(demo, stands_on, steps[:-1]) if steps else (None, "")
    url = SQLITE_FILE
    if stands_on is Kind.POSTGRESQL:
        url = new_url(folder, "home", *([name_of(of)] if of else []), kept=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KOUFU_SERVER_DATABASE", url)
        if base is None:
            _make_template(home, demo=demo)
        else:
            shutil.copytree(base, home)
            with _opened(home, PlainDocuments()) as server:
                steps[-1](server)
    return home, url


def backdate_keys(connection: Connection) -> None:
    """The key of a home that was made just now signs at any time a test may be set in."""
    connection.execute(municipal_keys.update().values(since=0))


def _make_template(home: Path, *, demo: bool) -> None:
    clock = SystemClock()
    settings = make_home(home, MUNICIPALITY, clock)
    for terminal in TERMINALS:
        add_terminal(home, settings, terminal, POST_OFFICE, clock)
    database = open_storage(home, settings)
    subjects = open_keys(home, settings).subjects
    authority = _authority()
    with database.writing() as connection:
        backdate_keys(connection)
        if demo:
            load(connection, Population(MUNICIPALITY, hard_cases()))
            enter_settings(connection, datetime.fromtimestamp(_SINCE, JST))
        else:
            enter_municipality(connection, _SINCE)
            enter_people(connection, registered_seal("見本", 15.0))
        add_anchor(connection, MUNICIPALITY, authority.ca_der(), authority.now)
        crl = read_crl(connection, subjects, MUNICIPALITY, authority.crl(), authority.now)
        enter_crl(connection, MUNICIPALITY, crl, authority.now)
    database.close()


def _enter_crl(database: Database, node: Node, authority: CardAuthority, now: datetime) -> None:
    code = node.settings.municipality
    with database.writing() as connection:
        crl = read_crl(connection, node.keys.subjects, code, authority.crl(now), now)
        enter_crl(connection, code, crl, now)


def _bundle(home: Path, terminal: str) -> TerminalBundle:
    folder = home / "terminals" / terminal
    return TerminalBundle(folder / "terminal.key", folder / "terminal.pem", folder / "ca.pem", folder / "directory.pub")


def _caller(home: Path, terminal: str) -> Caller:
    pem = _bundle(home, terminal).x509.read_bytes()
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    return Caller(terminal, sha256(der).digest())
