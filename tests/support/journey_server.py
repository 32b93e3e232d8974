"""The municipality that journeys are made in: 見本市 with all its hard cases and outlets, its cards, and its real
server behind mutual TLS, on a clock that the journey drives. Opened once and used by many journeys, one after the
other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, select

from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.home import add_terminal, make_home
from certserver.composition.node import open_node
from certserver.composition.stores import open_keys, open_storage
from certserver.demo.artwork import registered_seal
from certserver.demo.load import Besides, besides_of, load
from certserver.demo.people import MUNICIPALITY
from certserver.demo.personas import PERSONAS
from certserver.demo.settings import VILLAGE_POST_OFFICE, enter_settings
from certserver.documents.press import Press
from certserver.identity.subjects import link_card, note_pin_reset
from certserver.identity.trust import add_anchor
from certserver.ledger.alarms import SERVER, close_alarm, list_alarms, raise_alarm
from certserver.ledger.audit import verify
from certserver.ledger.book import open_book
from certserver.ledger.nodes import admit_terminal, withdraw_terminal
from certserver.municipality import MunicipalityProfile
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.parts import DocumentMaker
from certserver.pipeline.setting_rows import add_closure, add_kind
from certserver.ports import JST, unix
from certserver.registers.numbers import NumberVault
from certserver.rules.settings import Closure, KindRow
from certserver.service.issuance import IssuanceService
from certserver.signing.municipal import MunicipalKey
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from certserver.storage.issued import ledger
from hardware.card.virtual.authority import new_key
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.x509s import KeyAndX509, Usage
from kiosk.flow.values import DeclineReason
from koufu.evidence.words import KOSEKI_KINDS, CertificateKind, RefusalReason
from tests.support import journey_people as people
from tests.support.cards import CardAuthority
from tests.support.server import HandClock, ServerForTests, WireServer
from tests.support.server_settings import POST_OFFICE

TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=JST)
"""A Tuesday morning. Journeys may begin within a day from it: then the directory is signed anew, and no clock may go
back behind that."""

NO_KOSEKI = TODAY + timedelta(hours=22)
"""The municipality offers no koseki any more from this instant on."""

TERMINAL = "kiosk-1"
SHOP, VILLAGE, BRANCH = "kiosk-shop", "kiosk-village", "kiosk-branch"
_BRANCH = Outlet("mihon-branch", OutletKind.MUNICIPAL)
TERMINALS = {
    TERMINAL: POST_OFFICE,
    SHOP: Outlet("mihon-ekimae", OutletKind.CONVENIENCE_STORE),
    VILLAGE: Outlet(VILLAGE_POST_OFFICE, OutletKind.POST_OFFICE),
    BRANCH: _BRANCH,
}
"""Where each stands. The shop has shorter hours, for koseki still shorter ones; the village serves residents alone; at
the branch no seal registrations are issued today."""

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
    """見本市, its server running."""

    def __init__(
        self, server: ServerForTests, wire: WireServer, gate: Gate, press: AlteredSheets, besides: Besides
    ) -> None:
        self.press = press
        self.server = server
        self.wire = wire
        self.gate = gate
        self.told: list[DeclineReason | RefusalReason] = []
        """Every reason that a resident was told on a journey, or that a server's answer had."""
        self._personas: dict[str, Persona] = {}
        for name, card in PERSONAS.items():
            self._personas[name] = server.card(card.resident_id, PersonaKind(card.card_kind), face_auth=card.face_auth)
        for name, kind in STRANGERS.items():
            self._personas[name] = server.authority.issue(kind)
        self._personas["of-another-authority"] = _elsewhere().issue(generation=3)
        self._add_residents()
        with server.database.writing() as connection:
            for who in people.ELSEWHERE:
                self._personas[who.card] = server.authority.issue()
                held, now = self.persona(who.card), unix(server.clock.now())
                people.enrol(connection, server.node.keys.subjects, besides.kosekis, who, held, now)
        server.refresh_crl()

    def _add_residents(self) -> None:
        now, subjects, personas = self.server.clock.now(), self.server.node.keys.subjects, self._personas
        for resident_id in people.RESIDENTS:
            generation = 1 if resident_id == people.UNLISTED else None
            personas[resident_id] = self.server.authority.issue(generation=generation)
            linked_at = now if resident_id == people.LINKED_TODAY else now - timedelta(days=1)
            with self.server.database.writing() as connection:
                der = personas[resident_id].user_auth_x509
                link_card(connection, subjects, MUNICIPALITY, der, resident_id, linked_at)
                if resident_id == people.PIN_RESET_TODAY:
                    note_pin_reset(connection, subjects, MUNICIPALITY, der, now)
        held, real = personas[people.ON_HOLD].user_auth, personas[people.CLONED]
        assert held is not None
        assert real.user_auth is not None
        self.server.authority.authority.issuer(Usage.USER_AUTH).suspend(held.x509, now)
        personas[people.CLONED] = replace(real, user_auth=KeyAndX509(new_key(), real.user_auth.x509))

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
            found = list_alarms(connection, MUNICIPALITY)
        return tuple(alarm.what for alarm in found if alarm.closed_at is None)

    def raise_alarm(self) -> None:
        """Something elsewhere in the municipality did not belong together (I9)."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            raise_alarm(connection, book, system_entropy(16), SERVER, "raised by a journey", now)

    def close_alarms(self) -> None:
        """A person looks into every alarm and closes it."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            for alarm in list_alarms(connection, MUNICIPALITY):
                if alarm.closed_at is None:
                    close_alarm(connection, book, alarm.alarm_id, "looked into", now)

    def withdraw_terminal(self) -> None:
        """The municipality does not admit the terminal any more."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            withdraw_terminal(connection, book, TERMINAL, now)

    def admit_terminal(self) -> None:
        """The municipality admits the terminal again."""
        der = x509.load_pem_x509_certificate(self.wire.bundle(TERMINAL).x509.read_bytes()).public_bytes(Encoding.DER)
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            admit_terminal(connection, book, TERMINAL, POST_OFFICE, der, now)

    def verify_audit_log(self) -> None:
        """Raises when the chain is broken (I12)."""
        with self.server.database.reading() as connection:
            verify(connection, MUNICIPALITY)


@contextmanager
def a_municipality(folder: Path) -> Iterator[Municipality]:
    """A municipality in a folder of its own."""
    home, clock = folder / "home", HandClock(TODAY)
    authority = CardAuthority(TODAY.astimezone(UTC), generations=2, seed="journeys")
    settings = make_home(home, MUNICIPALITY, SystemClock())
    for terminal, outlet in TERMINALS.items():
        add_terminal(home, settings, terminal, outlet, SystemClock())
    database = open_storage(home, settings)
    population = people.population(TODAY.date())
    vault = NumberVault(open_keys(home, settings).secret, system_entropy)
    besides = besides_of(population, clock.now(), vault)
    with database.writing() as connection:
        load(connection, population, _one_seal_for_all, unix(clock.now()), besides)
        enter_settings(connection, clock.now())
        _enter_changes(connection)
        for generation in (1, 2):
            add_anchor(connection, MUNICIPALITY, authority.ca_der(generation=generation), authority.now)
    database.close()
    presses: list[AlteredSheets] = []

    def make_documents(key: MunicipalKey) -> AlteredSheets:
        presses.append(AlteredSheets(SheetMaker(_press(), key)))
        return presses[0]

    node = open_node(home, make_documents, clock)
    gate = Gate(node.issuance)
    server = ServerForTests(home, replace(node, issuance=cast("IssuanceService", gate)), clock, authority)
    try:
        with server.on_the_wire() as wire:
            yield Municipality(server, wire, gate, presses[0], besides)
    finally:
        node.close()


def _enter_changes(connection: Connection) -> None:
    """What changes tomorrow, and is closed today at one outlet."""
    for kind in KOSEKI_KINDS:
        add_kind(connection, MUNICIPALITY, KindRow(kind, unix(NO_KOSEKI), False, (), (), 1))
    day, seals = TODAY.date(), (CertificateKind.SEAL_REGISTRATION,)
    add_closure(connection, MUNICIPALITY, Closure(day, day, False, "点検のため", "Maintenance", _BRANCH.name, seals))


def _elsewhere() -> CardAuthority:
    """Of the test keys that all hierarchies share, its third CA has one that no trusted CA has."""
    return CardAuthority(TODAY.astimezone(UTC), generations=3, seed="elsewhere")


@cache
def _press() -> Press:
    return load_press()


@cache
def _one_seal_for_all(_text: str, _diameter_mm: float) -> bytes:
    """Drawing each takes half a second, and here nobody looks at them."""
    return registered_seal("見本", 13.5)
