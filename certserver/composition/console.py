"""`koufu-server console`: the municipality's console of a home, in one process beside the server."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Lock

from sqlalchemy import Connection

from certserver.composition.clock import SystemClock, elapsed, system_entropy
from certserver.composition.imports import DeliveryFolders
from certserver.composition.logs import set_up_logs
from certserver.composition.official_seals import own_picture
from certserver.composition.papers import LatePaperPress
from certserver.composition.previews import LateSampleDrawer
from certserver.composition.scans import ScanPictures
from certserver.composition.server_x509 import ending_soon
from certserver.composition.settings import ServerSettings, load_settings
from certserver.composition.stores import open_keys, open_storage
from certserver.composition.web import WebPlan, run_web
from certserver.console.app import PAGES, console_app
from certserver.console.pages import demo as demo_door
from certserver.console.parts import ConsoleParts
from certserver.errors import ConfigurationError
from certserver.ledger.anchors import read_anchors
from certserver.ledger.audit import AuditHead
from certserver.ledger.keys import read_keys
from certserver.ledger.state import read_state
from certserver.office.settings.preview import Previews
from certserver.office.signing_in.parts import Doors, OfficeKeys
from certserver.pipeline.card_applications.papers import PaperParts
from certserver.pipeline.settings import SettingsCache
from certserver.ports import Clock, unix
from certserver.staff.sessions import SessionLimits
from certserver.storage.engine import Database
from certserver.storage.schema import check_schema
from certserver.web.pace import Pace

FICTIONAL = frozenset({"992011", "992020"})
"""Codes of municipalities that do not exist."""

NO_DEMO = "a demonstration is of a fictional municipality, and for this machine alone"

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def serve_console(plan: WebPlan, ready: Callable[[int], None], *, demo: bool = False) -> int:
    """Serves until SIGTERM or SIGINT; calls `ready` with the port once it can be reached. A `demo` lets anybody in, and
    is of a fictional municipality on this machine alone. Raises `CertServerError`."""
    set_up_logs()
    settings = load_settings(plan.home)
    if demo and (settings.municipality not in FICTIONAL or plan.address not in LOOPBACK or plan.proxies):
        raise ConfigurationError(NO_DEMO)
    database = open_storage(plan.home, settings)
    try:
        check_schema(database)
        pages = (*PAGES, *demo_door.PAGES) if demo else PAGES
        run_web(console_app(console_parts(plan, settings, database, SystemClock()), pages), plan, ready)
    finally:
        database.close()
    return 0


def console_parts(
    plan: WebPlan,
    settings: ServerSettings,
    database: Database,
    clock: Clock,
    ticking: Callable[[], float] = elapsed,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> ConsoleParts:
    """What the console of a home stands on; `ticking` gives seconds that never run back, `pause` waits for some."""
    keys = open_keys(plan.home, settings)
    keys.store.close()
    doors = Doors(
        database=database,
        municipality=settings.municipality,
        clock=clock,
        entropy=system_entropy,
        keys=OfficeKeys(keys.secret, system_entropy),
        limits=SessionLimits(settings.console_idle_s, settings.console_longest_s),
    )

    def heads(connection: Connection) -> tuple[AuditHead, ...]:
        signed_by = [key.raw for key in read_keys(connection, settings.municipality)]
        return read_anchors(plan.home / settings.audit_heads, signed_by)

    fonts = tuple(plan.home / font for font in settings.value_fonts)
    return ConsoleParts(
        hosts=plan.hosts,
        doors=doors,
        elapsed=ticking,
        pause=pause,
        name=_Names(database, settings.municipality, clock),
        read_official_seal=own_picture,
        picture_of=ScanPictures(),
        papers=PaperParts(LatePaperPress(fonts), SettingsCache()),
        imports=DeliveryFolders(plan.home, plan.home / settings.deliveries if settings.deliveries else None),
        previews=Previews(LateSampleDrawer(fonts)),
        secret=lambda: keys.secret,
        heads=heads,
        verifying=Pace(ticking, burst=2, every_s=30.0, lock=Lock()),
        enrolment=_reached(settings),
        tls_ends=lambda: ending_soon(plan.home, settings, clock.now()),
    )


def _reached(settings: ServerSettings) -> str:
    """Where terminals enrol: by the name that the directory tells of the server."""
    if not settings.enrolment_listen:
        return ""
    host, port = settings.public_address.rpartition(":")[0], settings.enrolment_listen.rpartition(":")[2]
    return f"{host}:{port}"


class _Names:
    """What the municipality is called now: its code until it has a profile."""

    def __init__(self, database: Database, municipality: str, clock: Clock) -> None:
        self._database, self._municipality, self._clock = database, municipality, clock
        self._settings = SettingsCache()

    def __call__(self) -> str:
        with self._database.reading() as connection:
            state = read_state(connection, self._municipality)
            if state is None:
                return self._municipality
            try:
                return self._settings.profile(connection, state, unix(self._clock.now())).name
            except ConfigurationError:
                return self._municipality
