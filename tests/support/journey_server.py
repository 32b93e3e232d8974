"""The municipality that journeys are made in: 見本市 with all its hard cases and outlets, its cards, and its real
server behind mutual TLS, on a clock that the journey drives. Opened once and used by many journeys, one after the
other."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, delete, select

from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.documents import SheetMaker, load_press
from certserver.composition.home import add_terminal, make_home
from certserver.composition.node import open_node
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_keys, open_storage
from certserver.demo.artwork import registered_seal
from certserver.demo.koseki import kosekis_of
from certserver.demo.load import besides_of, load
from certserver.demo.people import MUNICIPALITY
from certserver.demo.personas import PERSONAS
from certserver.demo.settings import VILLAGE_POST_OFFICE, enter_settings
from certserver.documents.press import Press
from certserver.identity.subjects import link_card, note_pin_reset
from certserver.identity.trust import add_anchor
from certserver.ledger.alarms import SERVER, close_alarm, list_alarms, raise_alarm
from certserver.ledger.audit import verify
from certserver.ledger.book import open_book
from certserver.ledger.terminals import admit_terminal, withdraw_terminal
from certserver.municipality import MunicipalityProfile
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.parts import DocumentMaker
from certserver.pipeline.setting_rows import add_kind, read_settings, set_closures
from certserver.ports import JST, unix
from certserver.registers.numbers import NumberVault
from certserver.rules.settings import Closure, KindRow
from certserver.service.issuance import IssuanceService
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from certserver.storage.issued import ledger
from certserver.storage.staff import staff_failures
from hardware.card.model import Usage
from hardware.card.virtual.authority import new_key
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.x509s import KeyAndX509
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.words import KOSEKI_KINDS, CertificateKind, RefusalReason
from tests.support import journey_people as people
from tests.support.cards import CardAuthority
from tests.support.server import HandClock, ServerForTests, WireServer, backdate_keys
from tests.support.server_settings import POST_OFFICE

TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=JST)
"""A Tuesday morning. Journeys may begin within a day from it: then the directory is signed anew, and no clock may go
back behind that."""

NO_KOSEKI = TODAY + timedelta(hours=22)
"""The municipality offers no koseki any more from this instant on."""

TERMINAL = "kiosk-1"
NEXT_DESK = "kiosk-2"
"""At the same office as `TERMINAL`."""
SHOP, VILLAGE, BRANCH = "kiosk-shop", "kiosk-village", "kiosk-branch"
_BRANCH = Outlet("mihon-branch", OutletKind.MUNICIPAL)
TERMINALS = {
    TERMINAL: POST_OFFICE,
    NEXT_DESK: POST_OFFICE,
    SHOP: Outlet("mihon-ekimae", OutletKind.CONVENIENCE_STORE),
    VILLAGE: Outlet(VILLAGE_POST_OFFICE, OutletKind.POST_OFFICE),
    BRANCH: _BRANCH,
}
"""Where each stands. The shop has shorter hours, for koseki still shorter ones; the village serves residents alone; at
the branch no seal registrations are issued today."""

_GENERATIONS = 2
"""Of the CA that cards are issued under."""

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
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        made = self._maker.make(line, profile, stamp, signer)
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
        self.told: list[DeclineReason | RefusalReason] = []
        """Every reason that a resident was told on a journey, or that a server's answer had."""
        self._personas = personas
        server.refresh_crl()

    def persona(self, name: str) -> Persona:
        """The content of the card of that name."""
        return self._personas[name]

    def forgets_failed_sign_ins(self) -> None:
        """As on another day: nobody waits because somebody failed before."""
        with self.server.database.writing() as connection:
            connection.execute(delete(staff_failures))

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

    def raise_alarm(self) -> None:
        """Something elsewhere in the municipality did not belong together (I9)."""
        now = unix(self.server.clock.now())
        with self.server.database.writing() as connection, open_book(connection, self.code) as book:
            raise_alarm(connection, book, system_entropy(16), SERVER, "raised by a journey", now)

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
    """Makes the home of 見本市, with its terminals."""
    settings = make_home(home, MUNICIPALITY, SystemClock())
    for terminal, outlet in TERMINALS.items():
        add_terminal(home, settings, terminal, outlet, SystemClock())
    population = people.population(TODAY.date())
    vault = NumberVault(open_keys(home, settings).secret, system_entropy)
    besides = besides_of(population, TODAY, vault)
    with entered(home, authority) as connection:
        load(connection, population, _one_seal_for_all, unix(TODAY), besides)
        enter_settings(connection, TODAY)
        _enter_changes(connection)


def card_authority() -> CardAuthority:
    """Whoever issues the cards of everybody in a journey."""
    return CardAuthority(TODAY.astimezone(UTC), generations=_GENERATIONS, seed="journeys")


def cards_of(server: ServerForTests) -> Mapping[str, Persona]:
    """The cards of 見本市, linked with its residents or enrolled, and those of strangers."""
    personas = {
        name: server.card(card.resident_id, PersonaKind(card.card_kind), face_auth=card.face_auth)
        for name, card in PERSONAS.items()
    }
    phone, card = personas["tsuji-kengo-phone"], personas["tsuji-kengo"]
    server.link(phone, "tsuji-kengo", of_card=card)
    personas |= {name: server.authority.issue(kind) for name, kind in STRANGERS.items()}
    personas["of-another-authority"] = _elsewhere().issue(generation=_GENERATIONS + 1)
    _issue_to_residents(server, personas)
    kosekis = kosekis_of(people.population(TODAY.date()))
    with server.database.writing() as connection:
        for who in people.ELSEWHERE:
            held = personas[who.card] = server.authority.issue()
            people.enrol(connection, server.node.keys.subjects, kosekis, who, held, unix(server.clock.now()))
    return personas


def _issue_to_residents(server: ServerForTests, personas: dict[str, Persona]) -> None:
    now, subjects = server.clock.now(), server.node.keys.subjects
    for resident_id in people.RESIDENTS:
        generation = 1 if resident_id == people.UNLISTED else None
        personas[resident_id] = server.authority.issue(generation=generation)
        linked_at = now if resident_id == people.LINKED_TODAY else now - timedelta(days=1)
        with server.database.writing() as connection:
            der = personas[resident_id].user_auth_x509
            link_card(connection, subjects, MUNICIPALITY, der, resident_id, linked_at)
            if resident_id == people.PIN_RESET_TODAY:
                note_pin_reset(connection, subjects, MUNICIPALITY, der, now)
    held, real = personas[people.ON_HOLD].user_auth, personas[people.CLONED]
    assert held is not None
    assert real.user_auth is not None
    server.authority.authority.issuer(Usage.USER_AUTH).suspend(held.x509, now)
    personas[people.CLONED] = replace(real, user_auth=KeyAndX509(new_key(), real.user_auth.x509))


@contextmanager
def running(
    home: Path,
    authority: CardAuthority,
    cards: Callable[[ServerForTests], Mapping[str, Persona]] = lambda _server: {},
) -> Iterator[Municipality]:
    """The municipality of a home, its server running on a clock of its own."""
    clock = HandClock(TODAY)
    press = AlteredSheets(SheetMaker(_press()))
    node = open_node(home, press, clock)
    gate = Gate(node.issuance)
    server = ServerForTests(home, replace(node, issuance=cast("IssuanceService", gate)), clock, authority)
    try:
        with server.on_the_wire() as wire:
            yield Municipality(server, wire, gate, press, cards(server))
    finally:
        node.close()


@contextmanager
def entered(home: Path, authority: CardAuthority) -> Iterator[Connection]:
    """A transaction in which a home that trusts these cards is filled."""
    settings = load_settings(home)
    database = open_storage(home, settings)
    with database.writing() as connection:
        yield connection
        backdate_keys(connection)
        for generation in range(1, _GENERATIONS + 1):
            add_anchor(connection, settings.municipality, authority.ca_der(generation=generation), authority.now)
    database.close()


def _enter_changes(connection: Connection) -> None:
    """What changes tomorrow, and is closed today at one outlet."""
    for kind in KOSEKI_KINDS:
        add_kind(connection, MUNICIPALITY, KindRow(kind, unix(NO_KOSEKI), False, (), (), 1))
    day, seals = TODAY.date(), (CertificateKind.SEAL_REGISTRATION,)
    known = read_settings(connection, MUNICIPALITY, 0).closures[-1]
    inspected = Closure(day, day, False, "点検のため", "Maintenance", _BRANCH.name, seals)
    set_closures(connection, MUNICIPALITY, known.effective_at, (*known.closures, inspected))


def _elsewhere() -> CardAuthority:
    """Of the test keys that all hierarchies share, its third CA has one that no trusted CA has."""
    return CardAuthority(TODAY.astimezone(UTC), generations=_GENERATIONS + 1, seed="elsewhere")


@cache
def _press() -> Press:
    return load_press()


@cache
def _one_seal_for_all(_text: str, _diameter_mm: float) -> bytes:
    """Drawing each takes half a second, and here nobody looks at them."""
    return registered_seal("見本", 13.5)
