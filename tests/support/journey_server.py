"""The municipality that journeys are made in: 見本市 with all its hard cases, its cards, and its real server
behind mutual TLS, on a clock that the journey drives. Opened once and used by many journeys, one after the
other."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, select

from certserver.composition.clock import SystemClock
from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.home import add_terminal, make_home
from certserver.composition.node import open_node
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.demo.artwork import registered_seal
from certserver.demo.hard_cases import hard_cases
from certserver.demo.load import load
from certserver.demo.people import MUNICIPALITY, Population
from certserver.demo.personas import PERSONAS
from certserver.demo.settings import enter_settings
from certserver.documents.press import Press
from certserver.identity.trust import add_anchor
from certserver.ledger.alarms import close_alarm, list_alarms
from certserver.ledger.audit import verify
from certserver.ledger.book import open_book
from certserver.ledger.nodes import admit_terminal, withdraw_terminal
from certserver.municipality import MunicipalityProfile
from certserver.pipeline.parts import DocumentMaker
from certserver.ports import JST, unix
from certserver.service.issuance import IssuanceService
from certserver.signing.municipal import MunicipalKey
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from certserver.storage.issued import ledger
from hardware.card.virtual.persona import Persona, PersonaKind
from tests.support.cards import CardAuthority
from tests.support.server import HandClock, ServerForTests, WireServer
from tests.support.server_settings import POST_OFFICE

TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=JST)
"""A Tuesday morning."""

TERMINAL = "kiosk-1"
STRANGERS = {
    "driving-licence": PersonaKind.FOREIGN,
    "nobody-knows": PersonaKind.NORMAL,
    "no-pin-unknown": PersonaKind.FACE_AUTH,
}
"""Cards that are linked with nobody."""


class Gate:
    """The service behind a gate: closed, it keeps requests waiting that have already arrived."""

    def __init__(self, service: IssuanceService) -> None:
        self._service = service
        self._open = threading.Event()
        self._open.set()
        self._served = threading.Semaphore(0)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._service, name)

        def serve(*arguments: object) -> object:
            late = not self._open.is_set()
            assert self._open.wait(30)
            try:
                return method(*arguments)
            finally:
                if late:
                    self._served.release()

        return serve

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        """Lets one waiting request through, and waits until it has had its effect."""
        self._open.set()
        assert self._served.acquire(timeout=30)


Alter = Callable[[RenderedDocument], RenderedDocument]


class AlteredSheets:
    """Makes sheets as the press does, then lets a journey alter them: a press that mixes documents up. Fulfils
    `certserver.pipeline.parts.DocumentMaker`."""

    def __init__(self, maker: DocumentMaker) -> None:
        self._maker = maker
        self.alter: Alter = unaltered

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp
    ) -> RenderedDocument | Refused:
        made = self._maker.make(line, profile, stamp)
        return made if isinstance(made, Refused) else self.alter(made)


def unaltered(document: RenderedDocument) -> RenderedDocument:
    """The document as it is."""
    return document


class Municipality:
    """A municipality, its server running. `personas` are the cards that its people have, by name."""

    def __init__(
        self,
        server: ServerForTests,
        wire: WireServer,
        gate: Gate,
        press: AlteredSheets,
        personas: Mapping[str, Persona] = MappingProxyType({}),
    ) -> None:
        self.press = press
        self.server = server
        self.wire = wire
        self.gate = gate
        self.code = server.node.settings.municipality
        self._personas = personas
        server.refresh_crl()

    def persona(self, name: str) -> Persona:
        """The content of the card of that name."""
        return self._personas[name]

    def tell_time(self, now: datetime) -> None:
        """What the clock on the wall says."""
        self.server.clock.set(now)

    def ledger_length(self) -> int:
        """How many documents were ever issued."""
        return len(self._ledger())

    def issued_since(self, length: int) -> tuple[Any, ...]:
        """The ledger's rows from there on, oldest first."""
        return self._ledger()[length:]

    def _ledger(self) -> tuple[Any, ...]:
        with self.server.database.reading() as connection:
            return tuple(connection.execute(select(ledger).order_by(ledger.c.ledger_seq)).all())

    def open_alarms(self) -> tuple[str, ...]:
        """What each alarm says that nobody has closed yet."""
        with self.server.database.reading() as connection:
            found = list_alarms(connection, self.code)
        return tuple(alarm.what for alarm in found if alarm.closed_at is None)

    def close_alarms(self) -> None:
        """A person looks into every alarm and closes it."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, self.code) as book:
            for alarm in list_alarms(connection, self.code):
                if alarm.closed_at is None:
                    close_alarm(connection, book, alarm.alarm_id, "looked into", now)

    def withdraw_terminal(self) -> None:
        """The municipality does not admit the terminal any more."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, self.code) as book:
            withdraw_terminal(connection, book, TERMINAL, now)

    def admit_terminal(self) -> None:
        """The municipality admits the terminal again."""
        der = x509.load_pem_x509_certificate(self.wire.bundle(TERMINAL).x509.read_bytes()).public_bytes(Encoding.DER)
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, self.code) as book:
            admit_terminal(connection, book, TERMINAL, POST_OFFICE, der, now)

    def verify_audit_log(self) -> None:
        """Raises when the chain is broken (I12)."""
        with self.server.database.reading() as connection:
            verify(connection, self.code)


@contextmanager
def a_municipality(folder: Path) -> Iterator[Municipality]:
    """見本市 in a folder of its own."""
    home, authority = folder / "home", card_authority()
    found(home, authority)
    with running(home, authority, cards_of) as opened:
        yield opened


def found(home: Path, authority: CardAuthority) -> None:
    """Makes the home of 見本市, with its terminal."""
    settings = make_home(home, MUNICIPALITY, SystemClock())
    add_terminal(home, settings, TERMINAL, POST_OFFICE, SystemClock())
    with entered(home, authority) as connection:
        load(connection, Population(MUNICIPALITY, hard_cases()), _one_seal_for_all)
        enter_settings(connection, TODAY)


def card_authority() -> CardAuthority:
    """Whoever issues the cards of everybody in a journey."""
    return CardAuthority(TODAY.astimezone(UTC), seed="journeys")


def cards_of(server: ServerForTests) -> Mapping[str, Persona]:
    """The cards of 見本市, linked with its residents, and those of strangers."""
    personas = {
        name: server.card(card.resident_id, PersonaKind(card.card_kind), face_auth=card.face_auth)
        for name, card in PERSONAS.items()
    }
    strangers = {name: server.authority.issue(kind) for name, kind in STRANGERS.items()}
    return personas | strangers | {"of-another-authority": _elsewhere().issue(generation=2)}


@contextmanager
def running(
    home: Path,
    authority: CardAuthority,
    cards: Callable[[ServerForTests], Mapping[str, Persona]] = lambda _server: {},
) -> Iterator[Municipality]:
    """The municipality of a home, its server running on a clock of its own."""
    clock = HandClock(TODAY)
    presses: list[AlteredSheets] = []

    def make_documents(key: MunicipalKey) -> AlteredSheets:
        presses.append(AlteredSheets(SheetMaker(_press(), key)))
        return presses[0]

    node = open_node(home, make_documents, clock)
    gate = Gate(node.issuance)
    server = ServerForTests(home, replace(node, issuance=cast("IssuanceService", gate)), clock, authority)
    try:
        with server.on_the_wire() as wire:
            yield Municipality(server, wire, gate, presses[0], cards(server))
    finally:
        node.close()


@contextmanager
def entered(home: Path, authority: CardAuthority) -> Iterator[Connection]:
    """A transaction in which a home that trusts these cards is filled."""
    settings = load_settings(home)
    database = open_storage(home, settings)
    with database.writing() as connection:
        yield connection
        add_anchor(connection, settings.municipality, authority.ca_der(), authority.now)
    database.close()


def _elsewhere() -> CardAuthority:
    """Of the test keys that all hierarchies share, its second CA has one that no trusted CA has."""
    return CardAuthority(TODAY.astimezone(UTC), generations=2, seed="elsewhere")


@cache
def _press() -> Press:
    return load_press()


@cache
def _one_seal_for_all(_text: str, _diameter_mm: float) -> bytes:
    """Drawing each takes half a second, and here nobody looks at them."""
    return registered_seal("見本", 13.5)
