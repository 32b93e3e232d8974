"""`koufu-card`: makes a test CA and virtual cards, and attaches one to the PC/SC daemon's virtual reader. Never touches
a real card."""

import argparse
import re
import secrets
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hardware.card.virtual.authority import CRL_LIFETIME, Authority
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.folder import CardFolder, FolderError
from hardware.card.virtual.persona import DAYS_VALID, PIN, SIGNING_PIN, Persona, PersonaKind, make_persona
from hardware.card.virtual.reader import CardSlot
from hardware.card.virtual.vpcd import HOST, PORT, VpcdSlot
from hardware.card.virtual.writing_applet import Writable
from hardware.composition import SystemClock, spawn_thread

CARDS = Path("build/cards")
"""Where cards for the PC/SC daemon are kept when nothing else is said: a demonstration on a reader looks there too."""

DESCRIPTION = "Virtual My Number cards under a test CA (O=JPKI-TEST)."
STEERING = "insert, pull, mute, slow [SECONDS] or quit"
SLOW_S = 2.0

_KINDS = [kind.value for kind in PersonaKind]
_LOCK_REPLIES = {f"{reply.value:04X}": reply for reply in LockReply}


def main(arguments: Sequence[str] | None = None) -> int:
    """The program; returns its exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        if chosen.run is not None:
            run: Callable[[argparse.Namespace, datetime], None] = chosen.run
            run(chosen, now)
        elif chosen.pcsc:
            _attach(chosen, now)
        else:
            parser.print_help()
            return 2
    except FolderError as error:
        print(f"koufu-card: {error}", file=sys.stderr)
        return 2
    return 0


def steer(slot: CardSlot, card: VirtualCard, lines: Iterable[str], say: Callable[[str], None]) -> bool:
    """Does what the lines say; True when one said quit, False when they ended before."""
    for line in lines:
        match line.split():
            case []:
                continue
            case ["quit"]:
                return True
            case ["insert"]:
                slot.insert(card)
            case ["pull"]:
                slot.pull()
            case ["mute"]:
                slot.mute()
            case ["slow"]:
                slot.slow(SLOW_S)
            case ["slow", seconds] if re.fullmatch(r"\d{1,4}(\.\d{1,3})?", seconds):
                slot.slow(float(seconds))
            case _:
                say(f"? {STEERING}")
                continue
        say("ok")
    return False


def _init(chosen: argparse.Namespace, now: datetime) -> None:
    folder = CardFolder(chosen.folder)
    if folder.has_authority():
        print("The test CA is there already and stays as it is.")
        return
    authority = Authority.make(now, secrets.token_bytes, chosen.generations)
    folder.keep_authority(authority)
    folder.write_crls(authority, now, CRL_LIFETIME)
    for path in folder.ca_files(authority):
        print(path)


def _issue(chosen: argparse.Namespace, now: datetime) -> None:
    folder = CardFolder(chosen.folder)
    authority = folder.authority(secrets.token_bytes)
    folder.require_free(chosen.name)
    persona = make_persona(
        authority,
        PersonaKind(chosen.kind),
        now,
        days_valid=chosen.days_valid,
        pin=chosen.pin,
        signing_pin=chosen.signing_pin,
        generation=chosen.generation,
    )
    print(folder.keep_card(chosen.name, persona))
    folder.keep_authority(authority)
    folder.write_crls(authority, now, CRL_LIFETIME)


def _crl(chosen: argparse.Namespace, now: datetime) -> None:
    folder = CardFolder(chosen.folder)
    for path in folder.write_crls(folder.authority(secrets.token_bytes), now, timedelta(hours=chosen.valid_hours)):
        print(path)


def _number(chosen: argparse.Namespace, _now: datetime) -> None:
    CardFolder(chosen.folder).keep_number(chosen.name, sys.stdin.readline().strip())


def _list(chosen: argparse.Namespace, _now: datetime) -> None:
    folder = CardFolder(chosen.folder)
    for name in folder.names():
        persona = folder.card(name)
        until, file = "-", "-"
        if persona.user_auth is not None:
            until = persona.user_auth.x509.not_valid_after_utc.date().isoformat()
            file = str(folder.x509_file(name))
        print(f"{name}\t{persona.kind.value}\t{until}\t{file}")


def _attach(chosen: argparse.Namespace, now: datetime) -> None:
    name, persona = _persona(chosen, now)
    folder = CardFolder(chosen.dir)
    writable = Writable(folder.terminal_key().public_key(), kept=lambda memory: folder.keep_written(name, memory))
    manner = Manner(lock_reply=_LOCK_REPLIES[chosen.lock_reply])
    card = VirtualCard(persona, secrets.token_bytes, manner, writable=writable, memory=folder.written(name))
    slot = VpcdSlot(spawn_thread, SystemClock(), host=chosen.host, port=chosen.port, trouble=_trouble)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background the terminal can't be read: the card stays in
    print(
        f"A {persona.kind.value} card goes into the reader at {chosen.host}:{chosen.port}. Type {STEERING}.", flush=True
    )
    slot.insert(card)
    try:
        if not steer(slot, card, _typed(), lambda word: print(word, flush=True)):
            signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        slot.pull()


def _trouble(words: str) -> None:
    print(f"koufu-card: {words} Is pcscd running, with vpcd? Looking for it until told otherwise.", file=sys.stderr)


def _typed() -> Iterable[str]:
    try:
        yield from sys.stdin
    except OSError:
        return


def _persona(chosen: argparse.Namespace, now: datetime) -> tuple[str, Persona]:
    kind = PersonaKind(chosen.kind or PersonaKind.NORMAL.value)
    folder = CardFolder(chosen.dir)
    if chosen.name is not None:
        return chosen.name, folder.card(chosen.name)
    for name in folder.names():
        persona = folder.card(name)
        if persona.kind is kind:
            return name, persona
    if not folder.has_authority():
        folder.keep_authority(Authority.make(now, secrets.token_bytes))
    authority = folder.authority(secrets.token_bytes)
    persona = make_persona(authority, kind, now)
    folder.keep_card(kind.value, persona)
    folder.keep_authority(authority)
    folder.write_crls(authority, now, CRL_LIFETIME)
    return kind.value, persona


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("koufu-card", description=DESCRIPTION)
    parser.set_defaults(run=None)
    parser.add_argument("--pcsc", action="store_true", help="put a card into the PC/SC daemon's virtual reader (vpcd)")
    parser.add_argument("--kind", choices=_KINDS, help="with --pcsc: which card (normal); with --dir the first such")
    parser.add_argument(
        "--dir",
        type=Path,
        default=CARDS,
        help=f"with --pcsc: a card of this folder; what is missing is made ({CARDS})",
    )
    parser.add_argument("--name", help="with --pcsc and --dir: the card of that name")
    parser.add_argument("--host", default=HOST, help=f"with --pcsc: where vpcd listens ({HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"with --pcsc: its port ({PORT})")
    parser.add_argument(
        "--lock-reply",
        choices=list(_LOCK_REPLIES),
        default=f"{LockReply.NO_TRIES.value:04X}",
        help="with --pcsc: the status word for a locked PIN (63C0)",
    )
    commands = parser.add_subparsers(title="commands", metavar="")
    init = _command(commands, "init", _init, "make the test CA hierarchy and its lists of revoked X.509s")
    init.add_argument("--generations", type=_whole(1, 9), default=1, help="how many CAs share one name (1)")
    issue = _command(commands, "issue", _issue, "make a card")
    issue.add_argument("--name", required=True, help="what the card is called: its folder is cards/NAME")
    issue.add_argument("--kind", choices=_KINDS, default=PersonaKind.NORMAL.value, help="which card (normal)")
    issue.add_argument("--days-valid", type=_whole(1, 3650), default=DAYS_VALID, help=f"days ({DAYS_VALID})")
    issue.add_argument("--pin", type=_text(r"\d{4}"), default=PIN, help=f"four digits ({PIN})")
    issue.add_argument(
        "--signing-pin",
        type=_text(r"(?=.*[A-Z])(?=.*\d)[A-Z0-9]{6,16}"),
        default=SIGNING_PIN,
        help=f"6 to 16 capitals and digits, at least one of each ({SIGNING_PIN})",
    )
    issue.add_argument("--generation", type=_whole(1, 9), help="which CA issues (the newest)")
    number = _command(commands, "number", _number, "put a fictional individual number, read from its input, on a card")
    number.add_argument("--name", required=True, help="what the card is called")
    crl = _command(commands, "crl", _crl, "write fresh lists of revoked X.509s")
    crl.add_argument(
        "--valid-hours",
        type=_whole(1, 8760),
        default=int(CRL_LIFETIME / timedelta(hours=1)),
        help="hours until they are stale (48)",
    )
    _command(commands, "list", _list, "tell all cards: name, kind, end of validity, file of the X.509")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace, datetime], None],
    what: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=what)
    command.add_argument("folder", type=Path, metavar="DIR")
    command.set_defaults(run=run)
    return command


def _whole(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a number from {least} to {most} is wanted")
        return int(text)

    return number


def _text(pattern: str) -> Callable[[str], str]:
    def text(given: str) -> str:
        if not re.fullmatch(pattern, given, re.ASCII):
            raise argparse.ArgumentTypeError(f"{pattern} is wanted")
        return given

    return text


if __name__ == "__main__":
    sys.exit(main())
