"""`koufu-simulators`: serves the simulated issuer of X.509s, card-writing terminal, card maker, resident network and
mail, over a folder of `koufu-card`. It listens on this machine alone and never speaks to anybody's real one."""

import argparse
import secrets
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc

from hardware.card.cli import CARDS
from hardware.card.virtual.authority import CRL_LIFETIME, Authority
from hardware.card.virtual.certifier import CaseX509, SimulatedCertifier
from hardware.card.virtual.folder import CardFolder, FolderError
from hardware.card.virtual.persona import DAYS_VALID
from hardware.card.virtual.terminal import MUNICIPALITY, Operator, SimulatedTerminal
from hardware.composition import SystemClock
from hardware.errors import HardwareError
from kiosk.simulators.card_maker import SimulatedCardMaker
from kiosk.simulators.client import RemoteControl
from kiosk.simulators.kept import keep_ledger, keep_letters, kept_ledger, kept_letters
from kiosk.simulators.mail import SimulatedMail
from kiosk.simulators.outside import Outside
from kiosk.simulators.service import METHODS, SimulatedParties, make_server
from kiosk.simulators.troubles import Trouble, TroubleKind

DESCRIPTION = (
    "Simulators: an issuer of X.509s, a card-writing terminal, a card maker, the resident network and the mail. "
    "Nobody's real ones, and nothing real trusts them."
)
PORT = 50_071
HOST = "127.0.0.1"
OPERATORS = (
    Operator("municipal-1", "mihon-municipal", "000001", MUNICIPALITY),
    Operator("municipal-2", "mihon-municipal", "000002", MUNICIPALITY),
    Operator("postal-1", "mihon-postal", "000001"),
    Operator("postal-2", "mihon-postal", "000002"),
)
"""Fictional operators, known to everybody: two of a municipality, two of a post office."""
_WITHIN_S = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The program; returns its exit status."""
    parser = argparse.ArgumentParser(prog="koufu-simulators", description=DESCRIPTION)
    parser.add_argument("--port", type=int, default=PORT, help=f"its port on this machine ({PORT})")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="serve until told to stop")
    serving.add_argument("--dir", type=Path, default=CARDS, help=f"the folder of test CA and cards ({CARDS})")
    serving.add_argument(
        "--takes",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="how long each stage of a card or a letter takes (one further each time it is asked about)",
    )
    serving.set_defaults(run=_serve)
    trouble = commands.add_parser("trouble", help="have a running simulator delay, refuse, fail or be silent")
    trouble.add_argument("method", choices=sorted(METHODS))
    trouble.add_argument("kind", choices=[kind.value for kind in TroubleKind])
    trouble.add_argument("--reason", default=Trouble().reason, help="the word of a refusal")
    trouble.add_argument("--delay", type=float, default=0.0, metavar="SECONDS", help="how long each call takes besides")
    trouble.add_argument("--times", type=int, default=0, help="for how many calls (until told otherwise)")
    trouble.set_defaults(run=_trouble)
    card = commands.add_parser("next-card", help="which card of the folder the next order comes to")
    card.add_argument("name", help="as the folder calls it")
    card.set_defaults(run=_next_card)
    noted = commands.add_parser("noted", help="what the card-writing terminal noted")
    noted.set_defaults(run=_noted)
    chosen = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = chosen.run
    try:
        run(chosen)
    except (FolderError, HardwareError) as error:
        print(f"koufu-simulators: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def serve(path: Path, port: int, takes: timedelta, tell: Callable[[str], None]) -> tuple[grpc.Server, int]:
    """Starts the simulators over a folder of cards, which is made where it is missing; each stage of a card or a letter
    takes so long. Returns the server and its port."""
    now, folder = _now(), CardFolder(path)
    if not folder.has_authority():
        folder.keep_authority(Authority.make(now, secrets.token_bytes))
    authority = folder.authority(secrets.token_bytes)

    def kept(issued: tuple[CaseX509, ...]) -> None:
        folder.keep_issued(issued)
        folder.keep_authority(authority)
        folder.write_crls(authority, _now(), CRL_LIFETIME)

    issued = folder.issued()
    kept(issued)
    certifier = SimulatedCertifier(authority, _now, timedelta(days=DAYS_VALID), kept, issued)
    terminal = SimulatedTerminal(folder.terminal_key(), OPERATORS)
    parties = SimulatedParties(certifier, terminal, _outside(path, folder, takes))
    server, bound = make_server(f"{HOST}:{port}", parties, SystemClock(), secrets.token_bytes)
    server.start()
    tell(f"Simulated issuer, card-writing terminal, card maker, resident network and mail on {HOST}:{bound}.")
    return server, bound


def _outside(path: Path, folder: CardFolder, takes: timedelta) -> Outside:
    def x509_of(card: str) -> bytes:
        if card not in folder.names():
            raise ValueError(f"there is no card called {card}")
        return folder.card(card).user_auth_x509

    maker = SimulatedCardMaker(_now, x509_of, takes, lambda ledger: keep_ledger(path, ledger), kept_ledger(path))
    return Outside(maker, SimulatedMail(_now, takes, lambda letters: keep_letters(path, letters), kept_letters(path)))


def _serve(chosen: argparse.Namespace) -> None:
    takes = timedelta(seconds=max(0.0, chosen.takes))
    server, _ = serve(chosen.dir, chosen.port, takes, lambda words: print(words, flush=True))
    try:
        server.wait_for_termination()
    finally:
        server.stop(0)


def _trouble(chosen: argparse.Namespace) -> None:
    trouble = Trouble(TroubleKind(chosen.kind), chosen.reason, chosen.delay, chosen.times or None)
    with grpc.insecure_channel(f"{HOST}:{chosen.port}") as channel:
        RemoteControl(channel, _WITHIN_S).set_trouble(chosen.method, trouble)


def _next_card(chosen: argparse.Namespace) -> None:
    with grpc.insecure_channel(f"{HOST}:{chosen.port}") as channel:
        RemoteControl(channel, _WITHIN_S).set_next_card(chosen.name)


def _noted(chosen: argparse.Namespace) -> None:
    with grpc.insecure_channel(f"{HOST}:{chosen.port}") as channel:
        for line in RemoteControl(channel, _WITHIN_S).noted():
            print(line.operator, line.purpose.name, line.case, "allowed" if line.allowed else "refused")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
