"""`koufu-server init`: makes the home of a server: database, keys, a development CA for mutual TLS, settings. Nothing
that is there already is ever overwritten."""

import os
from dataclasses import dataclass
from pathlib import Path

from certserver.composition.clock import system_entropy
from certserver.composition.desks import operators_desk
from certserver.composition.settings import (
    PASSPHRASE_FILE_VARIABLE,
    PASSPHRASE_VARIABLE,
    SETTINGS_FILE,
    ServerSettings,
    load_settings,
    passphrase,
    settings_file,
)
from certserver.composition.stores import Keys, node_digest, open_key_store, open_storage
from certserver.composition.terminals import terminal_ca
from certserver.errors import ConfigurationError
from certserver.ledger.book import open_book
from certserver.ledger.keys import begin_key
from certserver.ledger.nodes import allow_nodes
from certserver.ledger.state import found_municipality
from certserver.office.terminals.changing import admit
from certserver.outlets import Outlet
from certserver.ports import Clock, unix
from certserver.registers.snapshots import found_register
from certserver.signing.keyfiles import SECRET_BYTES, STORAGE_SECRET, write_private, write_secret
from certserver.signing.municipal import CentreKey
from certserver.signing.signers import Signer
from certserver.signing.tls import make_ca, make_server_x509, make_terminal_x509
from certserver.storage.migrating import migrate
from koufu.release import BUILD

HOSTS = ("localhost", "127.0.0.1", "::1")
_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class TerminalBundle:
    """The files a terminal needs: its key and X.509, the CA of the server, and the directory's key."""

    key: Path
    x509: Path
    server_ca: Path
    directory_key: Path


def make_home(home: Path, municipality: str, clock: Clock) -> ServerSettings:
    """Makes a home for a municipality. Raises `ConfigurationError` when there is one already."""
    if (home / SETTINGS_FILE).exists():
        raise ConfigurationError(f"{home} is a home already; it is never made anew over an old one")
    for folder in (home, home / "keys", home / "tls", home / "terminals"):
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    write_private(home / SETTINGS_FILE, settings_file(municipality).encode())
    try:
        settings = load_settings(home)
        _make_passphrase(home, settings)
        keys, first = _make_keys(home, settings)
    except ConfigurationError:
        (home / SETTINGS_FILE).unlink()  # half a home would stand in the way of the next try
        raise
    ca = make_ca(clock.now())
    server = make_server_x509(ca, HOSTS, clock.now())
    write_private(home / settings.tls_ca_key, ca.key)
    write_private(home / settings.tls_client_ca, ca.x509)
    write_private(home / settings.tls_key, server.key)
    write_private(home / settings.tls_x509, server.x509)
    _make_database(home, settings, keys, first.raw_public_key, unix(clock.now()))
    keys.store.close()
    return settings


def add_terminal(home: Path, settings: ServerSettings, name: str, outlet: Outlet, clock: Clock) -> TerminalBundle:
    """Admits a terminal under the development CA and writes its bundle. Raises `ConfigurationError`."""
    folder = home / "terminals" / name
    if Path(name).name != name or name.startswith("."):
        raise ConfigurationError(f"{name} is no name for a terminal: letters, digits, - and _ are expected")
    ca = terminal_ca(home, settings).signs_with
    if ca is None:
        raise ConfigurationError(
            f"{home / settings.tls_ca_key} is missing: without the CA's key use `terminal admit NAME --x509 FILE`"
        )
    terminal = make_terminal_x509(ca, name, clock.now())
    bundle = TerminalBundle(
        key=folder / "terminal.key",
        x509=folder / "terminal.pem",
        server_ca=folder / "ca.pem",
        directory_key=folder / "directory.pub",
    )
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    write_private(bundle.key, terminal.key)
    write_private(bundle.x509, terminal.x509)
    write_private(bundle.server_ca, ca.x509)
    write_private(bundle.directory_key, (home / settings.centre_key).read_bytes())
    database = open_storage(home, settings)
    admit(operators_desk(home, settings, database, clock), name, outlet, terminal.x509)
    database.close()
    return bundle


def _make_passphrase(home: Path, settings: ServerSettings) -> None:
    """A random passphrase beside the keys, unless the operator gave one from elsewhere."""
    if not (os.environ.get(PASSPHRASE_VARIABLE) or os.environ.get(PASSPHRASE_FILE_VARIABLE)):
        write_private(home / settings.passphrase_file, system_entropy(SECRET_BYTES).hex().encode() + b"\n")


def _make_keys(home: Path, settings: ServerSettings) -> tuple[Keys, Signer]:
    """The keys of a new home, and the municipality's first one."""
    store = open_key_store(home, settings)
    secret = system_entropy(SECRET_BYTES)
    write_secret(home / settings.storage_secret, secret, passphrase(home, settings), system_entropy, STORAGE_SECRET)
    centre, first = store.make(), store.make()
    write_private(home / settings.centre_key, centre.raw_public_key.hex().encode() + b"\n")
    return Keys(store, CentreKey(centre), secret), first


def _make_database(home: Path, settings: ServerSettings, keys: Keys, first: bytes, at: int) -> None:
    if settings.database == ServerSettings.model_fields["database"].default:
        # Made here with its mode: SQLite would make it readable for others.
        write_private(home / "koufu.db", b"")
    database = open_storage(home, settings)
    migrate(database)
    with database.writing() as connection:
        found_municipality(connection, settings.municipality)
        found_register(connection, settings.municipality, at)
        with open_book(connection, settings.municipality) as book:
            begin_key(connection, book, first, at, at)
            allow_nodes(connection, book, BUILD, BUILD, node_digest(home, settings, keys), at)
    database.close()
