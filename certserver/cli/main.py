"""`koufu-server`: sets a certificate server up, runs it, and looks after it. Every command says plainly what it did, or
what to do instead."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from certserver.cli.commands import add_commands, doing
from certserver.errors import CertServerError
from koufu.release import BUILD

HOME_VARIABLE = "KOUFU_SERVER_HOME"

_DESCRIPTION = """\
The municipal certificate server. It keeps everything in one folder, its home:
database, keys, settings. A first server:

  export KOUFU_SERVER_HOME=demo          the home of every command below
  koufu-server init --municipality CODE  database, keys, development CA, settings
  koufu-server trust add CA.pem          trust an issuer of user-authentication X.509s
  koufu-server trust crl FILE            what that issuer has revoked
  koufu-server terminal add kiosk-1      admit a terminal; its files are written
  koufu-server serve                     serve terminals over mutual TLS
"""

_EPILOG = f"The home is --home DIR, or {HOME_VARIABLE} in the environment, or the folder at hand."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    parsed = _parser(os.environ.get(HOME_VARIABLE, ".")).parse_args(arguments)
    try:
        return doing(parsed.does)(parsed)
    except CertServerError as error:
        print(f"koufu-server: {error}", file=sys.stderr)
        return 1


# Whoever runs one command after the other in one process would wait longer for it than for many a command.
@lru_cache(maxsize=1)
def _parser(home: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="koufu-server",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"koufu {BUILD}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--home",
        type=Path,
        default=Path(home),
        metavar="DIR",
        help=f"the server's folder (default: {HOME_VARIABLE}, or the folder at hand)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_commands(commands, common)
    return parser


if __name__ == "__main__":
    sys.exit(main())
