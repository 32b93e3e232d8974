"""Puts one terminal together: settings and devices in, a running flow with its window out. Decides nothing."""

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import time

import structlog

from hardware.card.model import SlotEvent
from hardware.composition import SystemClock, spawn_thread
from hardware.keypad.pin import PinPad, SigningPinPad
from kiosk.actions.attempt import Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.cash import CashActions
from kiosk.actions.cashless import CashlessActions, Settling
from kiosk.actions.charges import ChargeBook
from kiosk.actions.directory import SignedDirectory
from kiosk.actions.dispatch import Actions, Voices
from kiosk.actions.documents import Check
from kiosk.actions.jobs import nothing_booked
from kiosk.actions.journal import JOURNAL, Journal
from kiosk.actions.log_file import LogFile
from kiosk.actions.number import NumberActions
from kiosk.actions.pages import read_faces
from kiosk.actions.paper import PaperActions
from kiosk.actions.quiet import Quiet
from kiosk.actions.recovery import Recovery
from kiosk.actions.server import Servers
from kiosk.actions.server_side import server_actions
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipActions
from kiosk.actions.upkeep import Upkeep
from kiosk.actions.voice import VoiceActions
from kiosk.actions.wire import WireServer
from kiosk.composition import logs
from kiosk.composition.counter import Counter, OpenDay, book_right, open_day
from kiosk.composition.devices import Devices
from kiosk.composition.locks import locked
from kiosk.composition.machine import machine_of
from kiosk.composition.moments import local_moment, local_now
from kiosk.composition.settings import DAY_BOOK, DRAWER, NO_CASHLESS, Layout, TerminalSettings
from kiosk.composition.site import site_of
from kiosk.composition.terminal_desk import Wired, counter_beside
from kiosk.composition.threads import Lanes, WindowQueue, WindowScheduler
from kiosk.composition.transports import Transports, directory_key
from kiosk.composition.upkeep import upkeep_of
from kiosk.errors import ConfigurationError
from kiosk.flow import effects as do
from kiosk.flow.events import Event, PoweredOn, SlotChanged
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.runner.flows import TerminalRunner, resident_flow
from kiosk.runner.runner import Runner
from kiosk.screens.bench import Bench
from kiosk.screens.case_pictures import no_pictures
from kiosk.screens.narrator import Narrator
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.presenter import nothing_shown, present
from kiosk.screens.site import SitePresentation, Words
from kiosk.screens.window import KioskWindow

STOP_WITHIN_S = 4.0


@dataclass(frozen=True, slots=True)
class TerminalProgram:
    """A terminal that is put together. `start` begins its work on the window's thread."""

    runner: TerminalRunner
    window: KioskWindow
    devices: Devices
    lanes: Lanes
    transports: "Transports"
    journal: Journal
    held: ExitStack
    """The lock on what the terminal keeps."""
    counter: Counter | None = None
    """The clerk's desk, where the site has a counter."""

    def start(self) -> None:
        """Watches devices and starts the flow."""
        self.devices.reader.watch(self._slot_changed)
        self.devices.surroundings.watch(self.runner.put)
        self.runner.put(PoweredOn(alarmed=bool(self.journal.alarms_untold)))
        if self.counter is not None:
            self.counter.start()

    def _slot_changed(self, event: SlotEvent) -> None:
        self.runner.put(SlotChanged(event))
        if self.counter is not None:
            self.counter.runner.put(SlotChanged(event))

    def stop(self) -> None:
        """Lets devices and server go."""
        self.runner.stop()
        if self.counter is not None:
            self.counter.runner.stop()
        self.devices.reader.stop()
        self.devices.voice.hush()
        self.devices.headphones.hush()
        self.lanes.stop(STOP_WITHIN_S)
        # After the lanes: an end of the machine that is under way there must still reach the board.
        self.devices.surroundings.stop()
        # A payout that is under way is not waited for any longer than that.
        spawn_thread("cash-stop", self.devices.cash.stop)(STOP_WITHIN_S)
        self.transports.close()
        self.held.close()
        self.window.close()
        if self.counter is not None:
            self.counter.window.close()


def put_together(
    settings: TerminalSettings,
    devices: Devices,
    rules: SiteRules,
    *,
    panel: Panel | None = None,
    bench: Callable[[], Bench] | None = None,
    still: bool = False,
) -> TerminalProgram:
    """A terminal with its window; the application must exist. `bench` is asked for the panel beside the kiosk."""
    log = logs.set_up()
    queue, lanes, pad = WindowQueue[Event](), Lanes(), PinPad()
    transports = Transports(settings)
    voice = VoiceActions(devices.voice)
    held = ExitStack()
    held.callback(os.close, locked(settings.journal, "another program has this terminal's journal: it runs already"))
    journal = _journal(settings, held, log)
    day = _day(settings, devices, journal) if settings.counter else None
    if day is not None:
        devices = replace(devices, pages=day.pages, cash=day.drawer or devices.cash)
    directory = SignedDirectory(transports.to(settings.directory_address), directory_key(settings), lambda: int(time()))
    by_hand = settings.cash == DRAWER
    right = nothing_booked if day is None else book_right(day)
    rules = replace(rules, by_hand=by_hand, cashless=settings.cashless != NO_CASHLESS)
    quiet = Quiet(Attempts(), journal, None if day is None else day.session)
    upkeep = upkeep_of(settings, transports, directory, quiet, log)
    actions = _actions(settings, devices, transports, directory, quiet, pad, voice, right, upkeep, log)

    def broke(effect: str, fault: BaseException) -> None:
        log.error("action broke", effect=effect, fault=type(fault).__name__, place=logs.place_of(fault))

    runner = Runner(Terminal(), resident_flow(rules), queue, actions, lanes.by_device(), WindowScheduler(), broke)
    queue.handled_by(runner.handle)
    panel = panel or _panel(settings)
    site = SitePresentation(
        Words(settings.place, settings.place_en),
        separate=by_hand,
        cashless=rules.cashless,
        headphones=settings.headphones is not None,
    )
    signing_pad = SigningPinPad()
    counter = None
    if day is not None:
        wired = Wired(devices, day, transports, directory, runner, lanes, voice, broke)
        counter = counter_beside(settings, wired, pad, signing_pad)
    shown = nothing_shown if counter is None else counter.link.shown
    narrator = Narrator(
        lambda terminal: present(terminal, site, now=local_now(), landscape=panel.landscape, by_desk=shown),
        lambda sentences: runner.take(voice.say(sentences), "read out"),
        voice.hush,
        settings.readings,
    )
    window = KioskWindow(
        panel,
        site,
        pad,
        runner.put if counter is None else counter.link.touched,
        local_now,
        bench=None if bench is None else bench(),
        still=still,
        on_feel=narrator.feels,
        by_desk=shown,
        on_desk=(lambda _: None) if counter is None else counter.link.runner.put,
        signing_pad=signing_pad,
        pictures=no_pictures if counter is None else counter.pictures.look,
    )
    runner.observe(window.show)
    runner.observe(narrator.sees)
    clerk = None if counter is None else counter.with_windows(window, narrator, site, local_now, still=still)
    return TerminalProgram(runner, window, devices, lanes, transports, journal, held, clerk)


def _actions(
    settings: TerminalSettings,
    devices: Devices,
    transports: Transports,
    directory: SignedDirectory,
    quiet: Quiet,
    pad: PinPad,
    voice: VoiceActions,
    right: Callable[[tuple[str, ...]], None],
    upkeep: Upkeep,
    log: structlog.typing.FilteringBoundLogger,
) -> Actions:
    site = site_of(settings)
    attempts, journal = quiet.attempts, quiet.journal
    book = ChargeBook(journal, local_moment)
    settling = Settling(devices.cashless, book, SystemClock())
    servers = Servers(
        settings.municipality,
        lambda code: WireServer(code, directory.entry, directory.signatory, transports.to),
        directory.koseki_at,
    )

    def announce(effect: do.Announce) -> None:
        log.info("announced", what=effect.what.value)

    def call_staff(effect: do.CallStaff) -> None:
        log.warning("staff called", occasion=effect.occasion.value, reference=effect.reference, yen=effect.yen)

    return Actions(
        attempts=attempts,
        pad=pad,
        card=CardActions(devices.reader, attempts, site, os.urandom),
        server=server_actions(servers, attempts, journal, upkeep),
        check=Check(attempts, read_faces),
        paper=PaperActions(
            devices.pages,
            devices.slips,
            attempts,
            journal,
            os.urandom,
            by_hand=settings.cash == DRAWER,
            book_right=right,
        ),
        slips=SlipActions(SlipPrinting(devices.slips, site, local_now)),
        cash=CashActions(devices.cash, journal),
        cashless=CashlessActions(settling, os.urandom),
        recovery=Recovery(devices.cash, journal, right, settling),
        journal=journal,
        surroundings=devices.surroundings,
        machine=machine_of(settings, devices.surroundings),
        voice=voice,
        number=NumberActions(devices.reader, devices.headphones),
        voices=Voices(announce, call_staff),
        entropy=os.urandom,
        now=local_now,
    )


def _journal(settings: TerminalSettings, held: ExitStack, log: structlog.typing.FilteringBoundLogger) -> Journal:
    def failed(error: OSError) -> None:
        log.error("the journal is not written", why=error.strerror)

    try:
        return Journal(LogFile(settings.journal, JOURNAL), threading.Lock(), local_moment, failed)
    except ConfigurationError:
        held.close()
        raise


def _day(settings: TerminalSettings, devices: Devices, journal: Journal) -> OpenDay:
    def document() -> str:
        return (journal.visit.printing or "") if journal.visit is not None else ""

    path = settings.journal.with_name(DAY_BOOK)
    separate = settings.cash == DRAWER
    return open_day(path, threading.Lock(), devices.pages, document, local_now, separate=separate)


def _panel(settings: TerminalSettings) -> Panel:
    drawn = PORTRAIT if settings.layout is Layout.PORTRAIT else LANDSCAPE
    return Panel(drawn.width, drawn.height, settings.pitch_mm)
