"""Puts together what the terminal does for its own sake: its log at hand, its X.509 renewed."""

from contextlib import AbstractContextManager
from time import time

import structlog

from kiosk.actions.directory import SignedDirectory
from kiosk.actions.quiet import Quiet
from kiosk.actions.upkeep import Upkeep
from kiosk.actions.wire import Transport
from kiosk.actions.x509_files import Pair
from kiosk.actions.x509s import Renewal
from kiosk.composition.logs import RECENT
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.transports import Transports
from kiosk.errors import ServerAway


def upkeep_of(
    settings: TerminalSettings,
    transports: Transports,
    directory: SignedDirectory,
    quiet: Quiet,
    log: structlog.typing.FilteringBoundLogger,
) -> Upkeep:
    """The upkeep of a terminal; its X.509 is renewed while all is `quiet`."""

    def home() -> Transport:
        return transports.to(directory.entry(settings.municipality).address)

    def by(municipality: str, pair: Pair) -> AbstractContextManager[Transport]:
        try:
            address = directory.entry(municipality).address
        except ServerAway:
            if municipality != settings.municipality:
                raise
            # Where the present pair is not let in, no directory is to be had by it either.
            address = settings.directory_address
        return transports.by(address, pair)

    def others() -> tuple[str, ...]:
        codes = (each.code for each in directory.koseki_at())
        return tuple(code for code in codes if code != settings.municipality)

    renewal = Renewal(
        municipality=settings.municipality,
        terminal=settings.terminal,
        files=transports.files,
        home=home,
        by=by,
        others=others,
        free=quiet.free,
        owes=lambda: quiet.owes(settings.municipality),
        renewed=transports.renewed,
        now=lambda: int(time()),
        said=lambda what: log.warning("own X.509", what=what),
    )
    return Upkeep(RECENT.lines, renewal.look, renewal.introduce, renewal.fall_back)
