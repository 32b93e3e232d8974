"""The commands that set a server up and run it: init, migrate, demo-data, serve, trust, card, terminal, node."""

import argparse
import json
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certserver.cli.opened import Commands, changing, command, group, note, opened, read_file
from certserver.composition.clock import SystemClock
from certserver.composition.home import add_terminal, admit, make_home
from certserver.composition.node import node_digest, open_keys, open_storage
from certserver.composition.serve import Plan, serve
from certserver.composition.settings import load_settings
from certserver.demo.load import load_demo
from certserver.demo.people import MUNICIPALITY
from certserver.errors import ConfigurationError
from certserver.identity.crl import enter_crl, read_crl
from certserver.identity.subjects import link_card
from certserver.identity.trust import add_anchor
from certserver.ledger.nodes import allow_nodes, withdraw_terminal
from certserver.ports import unix
from certserver.stages import Refused
from certserver.storage.schema import migrate
from koufu.release import BUILD

DEMO_MUNICIPALITY = MUNICIPALITY
ANY_OUTLET = "post-office"


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Adds the commands of this module."""
    made = command(commands, "init", init, "make a home: database, keys, development CA, settings", common)
    made.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the home to make, in place of --home")
    made.add_argument(
        "--municipality",
        default=DEMO_MUNICIPALITY,
        metavar="CODE",
        help=f"code of the municipality, 6 digits (default: {DEMO_MUNICIPALITY}, fictional)",
    )
    command(commands, "migrate", bring_up_to_date, "bring the database to the schema of this build", common)
    command(commands, "demo-data", demo_data, "load the fictional municipality with its residents", common)
    serving = command(commands, "serve", run_server, "serve terminals over mutual TLS until told to stop", common)
    serving.add_argument("--listen", metavar="HOST:PORT", help="in place of the settings'; port 0 takes any")
    serving.add_argument(
        "--port", type=int, metavar="PORT", help="in place of the settings', also in the directory; 0 takes any"
    )
    serving.add_argument("--workers", type=int, metavar="N", help="worker processes, in place of the settings'")
    _add_trust(group(commands, "trust", "whom to believe who somebody is"), common)
    _add_terminals(group(commands, "terminal", "which terminals are served"), common)
    linking = command(
        group(commands, "card", "which card is whose"), "link", link, "link a card's X.509 with a resident", common
    )
    linking.add_argument(
        "--x509", type=Path, required=True, metavar="FILE", help="user-authentication X.509, PEM or DER"
    )
    linking.add_argument("--resident", required=True, metavar="ID", help="the register's key of the resident")
    linking.add_argument("--face-auth", action="store_true", help="a face-authentication card: it has no PIN")
    allowing = command(
        group(commands, "node", "what the nodes of the municipality may be"),
        "allow",
        allow,
        "allow this node's keys and topology from now on, and set the least builds",
        common,
    )
    allowing.add_argument("--minimum-server", default=BUILD, metavar="BUILD", help=f"default: {BUILD}")
    allowing.add_argument("--minimum-terminal", default=BUILD, metavar="BUILD", help=f"default: {BUILD}")


def _add_trust(trusting: Commands, common: argparse.ArgumentParser) -> None:
    adding = command(trusting, "add", trust_add, "trust an issuer of user-authentication X.509s", common)
    adding.add_argument("files", nargs="+", type=Path, metavar="CA.pem", help="the issuer's X.509, PEM or DER")
    listing = command(trusting, "crl", trust_crl, "put a list of revoked X.509s in force", common)
    listing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the issuer's CRL, DER or PEM")


def _add_terminals(terminals: Commands, common: argparse.ArgumentParser) -> None:
    adding = command(terminals, "add", terminal_add, "admit a terminal and write its key and X.509", common)
    admitting = command(terminals, "admit", terminal_admit, "admit a terminal by an X.509 from elsewhere", common)
    admitting.add_argument("--x509", type=Path, required=True, metavar="FILE", help="the terminal's X.509, PEM")
    withdrawing = command(terminals, "withdraw", terminal_withdraw, "serve a terminal no more", common)
    for parser in (adding, admitting, withdrawing):
        parser.add_argument("name", metavar="NAME", help="terminal id, as it stands in every order")
    for parser in (adding, admitting):
        parser.add_argument(
            "--outlet", default=ANY_OUTLET, metavar="OUTLET", help=f"where it stands (default: {ANY_OUTLET})"
        )


def init(parsed: argparse.Namespace) -> int:
    """Makes a home."""
    home: Path = parsed.folder or parsed.home
    make_home(home, parsed.municipality, SystemClock())
    print(f"{home} is the home of a server for municipality {parsed.municipality}.")
    print("Its development CA is good for one year and for this machine (localhost).")
    return 0


def bring_up_to_date(parsed: argparse.Namespace) -> int:
    """Migrates."""
    database = open_storage(parsed.home, load_settings(parsed.home))
    migrate(database)
    database.close()
    print("The database has the schema of this build.")
    return 0


def demo_data(parsed: argparse.Namespace) -> int:
    """Loads the fictional municipality."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        residents = load_demo(connection, at_hand.municipality, SystemClock().now())
        book.settings_changed()
        note(book, f"demonstration data loaded, {residents} residents")
    print(f"{residents} fictional residents, their registered seals, fees, hours and profile are loaded.")
    return 0


def run_server(parsed: argparse.Namespace) -> int:
    """Serves; prints one line of JSON when terminals can come."""
    settings = load_settings(parsed.home)
    address = parsed.listen or settings.listen
    if parsed.port is not None:
        address = f"{address.rpartition(':')[0]}:{parsed.port}"
    workers = parsed.workers or settings.workers

    def ready(port: int) -> None:
        print(json.dumps({"event": "serving", "port": port, "workers": workers}), flush=True)

    return serve(Plan(parsed.home, address, workers, parsed.port), ready)


def trust_add(parsed: argparse.Namespace) -> int:
    """Trusts issuers."""
    with opened(parsed) as at_hand:
        for file in parsed.files:
            with changing(at_hand) as (connection, book):
                anchor = add_anchor(connection, at_hand.municipality, read_file(file), SystemClock().now())
                note(book, f"issuer trusted: SHA-256 {anchor.fingerprint.hex()}")
            print(f"Trusted until {anchor.not_after:%Y-%m-%d}: {anchor.name}")
            print(f"  SHA-256 {anchor.fingerprint.hex(':')} - hold it against what the issuer published.")
    return 0


def trust_crl(parsed: argparse.Namespace) -> int:
    """Puts CRLs in force."""
    with opened(parsed) as at_hand:
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        for file in parsed.files:
            now = SystemClock().now()
            with at_hand.database.reading() as connection:
                crl = read_crl(connection, subjects, at_hand.municipality, read_file(file), now)
            entries = len(crl.subjects)
            with changing(at_hand) as (connection, book):
                enter_crl(connection, at_hand.municipality, crl, now)
                note(book, f"CRL in force: {entries} entries, of {crl.this_update.isoformat()}")
            print(f"In force: {entries} revoked X.509s, as of {crl.this_update:%Y-%m-%d %H:%M} UTC;", end=" ")
            print(f"the next one is due before {crl.next_update:%Y-%m-%d %H:%M} UTC.")
    return 0


def link(parsed: argparse.Namespace) -> int:
    """Links a card."""
    with opened(parsed) as at_hand:
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        der = _x509_der(read_file(parsed.x509))
        with changing(at_hand) as (connection, book):
            linked = link_card(
                connection,
                subjects,
                at_hand.municipality,
                der,
                parsed.resident,
                SystemClock().now(),
                face_auth=parsed.face_auth,
            )
            if isinstance(linked, Refused):
                raise ConfigurationError(
                    f"{parsed.x509} is no user-authentication X.509 of a trusted issuer: run `trust add` for it first"
                )
            note(book, f"card linked: subject {linked.subject.hex()}")
    print("Linked." if not parsed.face_auth else "Linked as a face-authentication card.")
    return 0


def terminal_add(parsed: argparse.Namespace) -> int:
    """Admits a terminal under the development CA."""
    with opened(parsed) as at_hand:
        bundle = add_terminal(at_hand.home, at_hand.settings, parsed.name, parsed.outlet, SystemClock())
    print(f"{parsed.name} is admitted. Bring these files to it, its key by a safe way:")
    for file in (bundle.key, bundle.x509, bundle.server_ca, bundle.directory_key):
        print(f"  {file}")
    return 0


def terminal_admit(parsed: argparse.Namespace) -> int:
    """Admits a terminal with an X.509 from elsewhere."""
    with opened(parsed) as at_hand:
        admit(at_hand.home, at_hand.settings, parsed.name, parsed.outlet, read_file(parsed.x509), SystemClock())
    print(f"{parsed.name} is admitted.")
    return 0


def terminal_withdraw(parsed: argparse.Namespace) -> int:
    """Withdraws a terminal."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        withdraw_terminal(connection, book, parsed.name, unix(SystemClock().now()))
    print(f"{parsed.name} is served no more.")
    return 0


def allow(parsed: argparse.Namespace) -> int:
    """Allows this node as it is."""
    with opened(parsed) as at_hand:
        digest = node_digest(at_hand.settings, open_keys(at_hand.home, at_hand.settings))
        with changing(at_hand) as (connection, book):
            at = unix(SystemClock().now())
            allow_nodes(connection, book, parsed.minimum_server, parsed.minimum_terminal, digest, at)
    print(f"Allowed: servers from {parsed.minimum_server}, terminals from {parsed.minimum_terminal}, these keys.")
    return 0


def _x509_der(content: bytes) -> bytes:
    try:
        is_pem = content.lstrip().startswith(b"-----BEGIN")
        read = x509.load_pem_x509_certificate(content) if is_pem else x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise ConfigurationError("this file is no X.509 in PEM or DER") from error
    return read.public_bytes(Encoding.DER)
