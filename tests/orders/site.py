"""One server's home on a database of either kind, with the town's register, a card for everybody who may order, and
terminals: made once in a folder, with the commands that an operator types, and opened again by every later run."""

import io
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from certserver.cli.main import main as koufu_server
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.demo.settings import enter_settings
from certserver.ledger.book import open_book
from certserver.ledger.keys import read_keys
from certserver.storage.engine import Database
from hardware.card.virtual.authority import Authority, KeyMaker
from hardware.card.virtual.folder import CardFolder
from hardware.card.virtual.persona import PersonaKind, make_persona
from kiosk.demo.stage.processes import Running, running_server
from tests.orders.register import Home, Register, Step
from tests.orders.town import MUNICIPALITY, handover, people
from tests.support.databases import stand_on
from tests.support.deliveries import write_delivery
from tests.support.key_files import stretch_once

SQLITE = "sqlite:///koufu.db"
CRL_HOURS = timedelta(hours=48)
_MADE = "made"
_SINCE = "2024-04-01"

stretch_once()


@dataclass(frozen=True, slots=True)
class Size:
    """How many households, terminals and worker processes."""

    houses: int
    terminals: int
    workers: int


@dataclass(frozen=True, slots=True)
class Card:
    """Whose it is, its X.509 (DER), and its key."""

    resident: str
    user_auth_x509: bytes = field(repr=False)
    key: RSAPrivateKey = field(repr=False)

    def answer(self, evidence: bytes) -> bytes:
        """As the card would: RSA PKCS#1 v1.5 over SHA-256."""
        return self.key.sign(evidence, PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Bundle:
    """PEM of what a terminal proves itself by, and trusts."""

    ca: bytes
    x509: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Site:
    """Where everything lies."""

    folder: Path
    size: Size

    @property
    def home(self) -> Path:
        """The server's home."""
        return self.folder / "home"

    @property
    def first(self) -> Register:
        """The register that it begins with."""
        return Register({house: Home() for house in range(self.size.houses)}).after(whole(self.size.houses, 1))

    def command(self, *words: str) -> str:
        """What a command of the server said. Raises `RuntimeError` when it failed."""
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            status = koufu_server([*words, "--home", str(self.home)])
        if status:
            raise RuntimeError(f"{' '.join(words[:2])}: {said.getvalue()}")
        return said.getvalue()

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Its database, as its commands open it."""
        database = open_storage(self.home, load_settings(self.home))
        try:
            yield database
        finally:
            database.close()

    def key(self) -> Ed25519PublicKey:
        """The municipality's own, of which there is one."""
        with self.database() as database, database.reading() as connection:
            (key,) = read_keys(connection, MUNICIPALITY)
        return Ed25519PublicKey.from_public_bytes(key.raw)

    def cards(self) -> tuple[Card, ...]:
        """Of everybody who may order."""
        return _cards(self.folder / "cards", (self.folder / _MADE).stat().st_mtime_ns)

    def bundles(self) -> Mapping[str, Bundle]:
        """By terminal."""
        found = {}
        for number in range(self.size.terminals):
            folder = self.home / "terminals" / terminal_name(number)
            ca, x509, key = ((folder / name).read_bytes() for name in ("ca.pem", "terminal.pem", "terminal.key"))
            found[folder.name] = Bundle(ca, x509, key)
        return found

    def serving(self) -> Running:
        """Its worker processes, on a free port."""
        return running_server(self.home, self.folder / "server.log", workers=self.size.workers)


@cache
def _cards(folder: Path, _made_ns: int) -> tuple[Card, ...]:
    """They stay as they were made, and an RSA key is checked for tens of milliseconds whenever it is read."""
    kept = CardFolder(folder)
    cards = []
    for name in kept.names():
        persona = kept.card(name)
        assert persona.user_auth is not None
        cards.append(Card(name, persona.user_auth_x509, persona.user_auth.key))
    return tuple(cards)


def terminal_name(number: int) -> str:
    """How a terminal is called, from 0."""
    return f"kiosk-{number + 1}"


def whole(houses: int, revision: int) -> Step:
    """The delivery of everybody at one revision."""
    return Step("whole", {house: Home(revision) for house in range(houses)})


def open_site(folder: Path, size: Size, database: str, make_key: KeyMaker) -> Site:
    """The site of a folder, made where it is not yet; with a list of revoked X.509s that is fresh now. What was made
    by half is made anew by whoever takes the folder away."""
    site = Site(folder, size)
    if not (folder / _MADE).exists():
        _make(site, database, make_key)
        (folder / _MADE).touch()
    else:
        # The socket of PostgreSQL lies elsewhere in each run, and the build may be a newer one.
        stand_on(site.home, database)
        site.command("migrate")
    cards = CardFolder(folder / "cards")
    lists = cards.write_crls(cards.authority(secrets.token_bytes), datetime.now(UTC), CRL_HOURS)
    site.command("trust", "crl", *(str(path) for path in lists if path.name.startswith("user-auth")))
    return site


def _make(site: Site, database: str, make_key: KeyMaker) -> None:
    with _variable("KOUFU_SERVER_DATABASE", database):
        site.command("init", "--municipality", MUNICIPALITY)
    stand_on(site.home, database)
    cards = CardFolder(site.folder / "cards")
    now = datetime.now(UTC).replace(microsecond=0)
    authority = Authority.make(now, secrets.token_bytes, key_maker=make_key)
    cards.keep_authority(authority)
    (issuer,) = (str(path) for path in cards.ca_files(authority) if path.name.startswith("user-auth"))
    site.command("trust", "add", issuer)
    with site.database() as opened, opened.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        enter_settings(connection, now)
        book.settings_changed()
    delivered = write_delivery(site.folder / "first", handover(dict(site.first.homes)), MUNICIPALITY, made_at=now)
    site.command("import", str(delivered), "--accept-losses")
    for who in people(site.size.houses):
        if who.may_order:
            # Of a child's the signing X.509 is missing: one key the less to make.
            cards.keep_card(who.resident_id, make_persona(authority, PersonaKind.CHILD, now))
            x509 = str(cards.x509_file(who.resident_id))
            site.command("card", "link", "--x509", x509, "--resident", who.resident_id, "--since", _SINCE)
    for number in range(site.size.terminals):
        site.command("terminal", "add", terminal_name(number))


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]
