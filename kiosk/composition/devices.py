"""From settings to devices. A device that is not there is a fault screen, never a virtual one in its place: virtual
devices are only what the settings call by that name, and whether they may stands there."""

import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from hardware.camera.model import Camera
from hardware.camera.none import NoCamera
from hardware.card.model import CardReader
from hardware.card.pcsc import PcscReader
from hardware.card.virtual.reader import VirtualReader
from hardware.cash.model import CashDevice
from hardware.cash.virtual import VirtualCash
from hardware.cashless.model import PaymentTerminal
from hardware.cashless.none import NoPaymentTerminal
from hardware.cashless.virtual import VirtualPaymentTerminal
from hardware.composition import SystemClock, spawn_thread
from hardware.scanner.model import Scanner
from hardware.scanner.none import NoScanner
from hardware.sensors.board.client import SensorBoard
from hardware.sensors.board.port import open_port
from hardware.sensors.model import Place, Surroundings
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.aplay import Aplay
from hardware.voice.espeak import Espeak
from hardware.voice.headphones import Headphones, NoHeadphones, SpokenHeadphones
from hardware.voice.jack import AmixerJack
from hardware.voice.model import Tongue, Voice
from hardware.voice.none import NoVoice
from hardware.voice.openjtalk import OpenJTalk
from hardware.voice.sound import Synthesiser
from hardware.voice.sound_device import heard_apart
from hardware.voice.spoken import SpokenVoice
from hardware.voice.virtual import VirtualHeadphones, VirtualVoice
from kiosk.composition.cash import open_cash
from kiosk.composition.pictures import open_camera, open_scanner
from kiosk.composition.queue_printer import SCHEME as QUEUE
from kiosk.composition.queue_printer import open_queue_printer
from kiosk.composition.settings import CardReaderKind, TerminalSettings
from kiosk.errors import ConfigurationError
from koufu.ground.profiles import CELL_PROFILES, DOTS_200, USUAL
from printers.errors import PrinterError
from printers.escpos.commands import FileLine, SerialLine, TcpLine
from printers.escpos.line import Line
from printers.escpos.pages import EscposPagePrinter
from printers.escpos.slip_printer import EscposSlipPrinter
from printers.ipp.printer import IppPagePrinter
from printers.ipp.transport import HttpTransport, parse_address
from printers.ipp.watch import IppPace
from printers.model import PagePrinter, SlipPrinter
from printers.pdffile import PdfFilePrinter
from printers.raster import NARROWEST_DOTS, resolution_for
from printers.virtual import VirtualPagePrinter, VirtualSlipPrinter

HOPPERS = {500: 40, 100: 80, 50: 40, 10: 80}
"""Coins that a virtual cash device starts the day with."""

SHEETS = 500
"""A full tray of a virtual printer."""

PRINTER_PATIENCE_S = 10.0
DPI_200 = 200


@dataclass(frozen=True, slots=True)
class Devices:
    """Everything that hangs on one terminal."""

    reader: CardReader
    pages: PagePrinter
    slips: SlipPrinter
    cash: CashDevice
    surroundings: Surroundings
    voice: Voice
    headphones: Headphones = field(default_factory=NoHeadphones)
    staff_reader: CardReader | None = None
    """At the clerk's side of a counter."""
    camera: Camera = field(default_factory=NoCamera)
    scanner: Scanner = field(default_factory=NoScanner)
    cashless: PaymentTerminal = field(default_factory=NoPaymentTerminal)


def open_devices(settings: TerminalSettings) -> Devices:
    """The devices that the settings name. Raises `ConfigurationError` for an address that can't be one."""
    clock = SystemClock()
    around = _virtual_surroundings()
    return Devices(
        reader=(
            PcscReader(spawn_thread, clock, name=settings.card_reader_name)
            if settings.card_reader is CardReaderKind.PCSC
            else VirtualReader(clock)
        ),
        pages=open_page_printer(settings, clock, around),
        slips=open_slip_printer(settings, clock, around),
        cash=_cash(settings, clock, around),
        surroundings=_surroundings(settings, clock, around),
        voice=_voice(settings),
        headphones=_headphones(settings),
        staff_reader=_staff_reader(settings, clock),
        camera=open_camera(settings, clock),
        scanner=open_scanner(settings, clock),
        cashless=_cashless(settings, clock),
    )


def _none_of(name: str, address: str, may: str) -> ConfigurationError:
    return ConfigurationError(f"{name}: {address} is none of {may}")


def _cash(settings: TerminalSettings, clock: SystemClock, around: VirtualSurroundings) -> CashDevice:
    """Where a clerk's drawer takes the money (`drawer:`), it stands in this one's place before anybody uses it."""
    match settings.cash.partition(":")[0]:
        case "cctalk":
            return open_cash(settings, clock)
        case "drawer" | "virtual":
            return VirtualCash(HOPPERS, hand_out=lambda yen: around.put(Place.CHANGE_TRAY, yen))
        case _:
            raise _none_of("cash", settings.cash, "cctalk:/dev/…, drawer: and virtual:")


def _cashless(settings: TerminalSettings, clock: SystemClock) -> PaymentTerminal:
    match settings.cashless.partition(":")[0]:
        case "none":
            return NoPaymentTerminal()
        case "virtual":
            return VirtualPaymentTerminal(clock)
        case _:
            raise _none_of("cashless", settings.cashless, "none and virtual:")


def _staff_reader(settings: TerminalSettings, clock: SystemClock) -> CardReader | None:
    """A virtual terminal has a virtual one; a real one has the one that is named."""
    if not settings.counter:
        return None
    if settings.card_reader is CardReaderKind.VIRTUAL:
        return VirtualReader(clock)
    name = settings.staff_card_reader_name
    return None if name is None else PcscReader(spawn_thread, clock, name=name)


def _surroundings(settings: TerminalSettings, clock: SystemClock, around: VirtualSurroundings) -> Surroundings:
    scheme, _, port = settings.sensors.partition(":")
    match scheme:
        case "serial":
            return SensorBoard(lambda: open_port(port), clock, spawn_thread, os.urandom)
        case "virtual":
            return around
        case _:
            raise _none_of("sensors", settings.sensors, "serial:/dev/… and virtual:")


def _virtual_surroundings() -> VirtualSurroundings:
    """What virtual devices put things into, and what `sensors = "virtual:"` names: somebody always stands
    there, and only what virtual devices put out lies in tray and slots."""
    around = VirtualSurroundings()
    around.arrive()
    return around


def alsa_voice(device: str) -> Voice:
    """The voice of this machine. What is missing for it, its own status says."""
    return SpokenVoice(_synthesisers(), Aplay(device))


def _voice(settings: TerminalSettings) -> Voice:
    scheme, _, device = settings.voice.partition(":")
    match scheme:
        case "alsa":
            return alsa_voice(device)
        case "none":
            return NoVoice()
        case "virtual":
            return VirtualVoice()
        case _:
            raise _none_of("voice", settings.voice, "alsa:DEVICE, none and virtual:")


def _headphones(settings: TerminalSettings) -> Headphones:
    if settings.headphones is None:
        return NoHeadphones()
    scheme, _, device = settings.headphones.partition(":")
    match scheme:
        case "alsa":
            return _heard_by_one(settings, settings.headphones, device)
        case "virtual":
            return VirtualHeadphones()
        case _:
            raise _none_of("headphones", settings.headphones, "alsa:DEVICE and virtual:")


def _heard_by_one(settings: TerminalSettings, headphones: str, device: str) -> Headphones:
    """Refuses a jack nobody could tell to be empty, and the loudspeaker's own device: a number must not be heard by
    others."""
    if settings.headphone_jack is None:
        raise ConfigurationError("headphones: headphone_jack must say how the terminal knows that they are plugged in")
    everybodys, _, loudspeaker = settings.voice.partition(":")
    # Two names may be one device: only what ALSA says apart is taken for apart.
    if everybodys == "alsa" and (headphones == settings.voice or not heard_apart(device, loudspeaker)):
        raise ConfigurationError(
            "headphones: their device must not be that of voice, which everybody hears, and ALSA must tell the two "
            "apart: name both by card and device, such as alsa:plughw:1,0"
        )
    card, _, control = settings.headphone_jack.partition(":")
    return SpokenHeadphones(_synthesisers(), Aplay(device), AmixerJack(card, control))


def _synthesisers() -> dict[Tongue, Synthesiser]:
    return {Tongue.JAPANESE: OpenJTalk(), Tongue.ENGLISH: Espeak()}


def printer_profile(settings: TerminalSettings) -> str:
    """The profile of the copy-warning ground to order: the usual one for the printer's dots, unless the site chose
    another. Raises `ConfigurationError` for one that nobody knows, and when the printer's dots would make it show its
    message."""
    chosen, dpi = settings.printer_profile, known_resolution(settings)
    if chosen is None:
        return (DOTS_200 if dpi == DPI_200 else USUAL).profile_id
    profile = CELL_PROFILES.get(chosen)
    if profile is None:
        raise ConfigurationError(
            f"printer_profile: there is no {chosen}; `koufu-kiosk calibrate` finds the one that suits the printer"
        )
    if dpi is not None and dpi not in profile.resolutions:
        raise ConfigurationError(f"printer_profile: {chosen} does not suit the printer's dots; leave it out")
    return chosen


def known_resolution(settings: TerminalSettings) -> int | None:
    """Dots per inch at which the printer is driven; None where it makes dots of a PDF by itself. Raises
    `ConfigurationError`."""
    if not settings.printer.startswith("escpos+tcp:"):
        return None
    try:
        return resolution_for(_escpos_address(settings)[2])
    except (PrinterError, ValueError) as error:
        raise ConfigurationError(f"printer: {error}") from error


def _escpos_address(settings: TerminalSettings) -> tuple[str, int, int]:
    """Host, port and dots across of a page printer. Raises `ConfigurationError`, and `ValueError` for the port."""
    parts = urlsplit(settings.printer)
    dots = parse_qs(parts.query).get("dots", [str(NARROWEST_DOTS)])[0]
    if not parts.hostname or not dots.isdecimal():
        raise ConfigurationError("printer: write escpos+tcp://host:9100?dots=1654")
    return parts.hostname, parts.port or 9100, int(dots)


def open_page_printer(settings: TerminalSettings, clock: SystemClock, around: VirtualSurroundings) -> PagePrinter:
    """The printer of certificates. Raises `ConfigurationError` for an address that can't be one."""
    scheme, _, rest = settings.printer.partition(":")
    match scheme:
        case "ipp" | "ipps":
            try:
                trust = ssl.create_default_context(cafile=settings.printer_ca) if scheme == "ipps" else None
                address = parse_address(settings.printer)
            except (PrinterError, ValueError, OSError) as error:
                raise ConfigurationError(f"printer: {error}") from error
            transport = HttpTransport(address, clock, patience=PRINTER_PATIENCE_S, trust=trust)
            return IppPagePrinter(transport, clock, IppPace())
        case _ if scheme == QUEUE:
            return open_queue_printer(settings, clock)
        case "escpos+tcp":
            try:
                host, port, dots = _escpos_address(settings)
                return EscposPagePrinter(TcpLine(host, port), clock, dots)
            except (PrinterError, ValueError) as error:
                raise ConfigurationError(f"printer: {error}") from error
        case "pdf":
            return PdfFilePrinter(Path(rest), os.urandom, lambda sheet: around.put(Place.SHEET_TRAY, sheet))
        case "virtual":
            return VirtualPagePrinter(
                clock, sheets_available=SHEETS, put_in_tray=lambda sheet: around.put(Place.SHEET_TRAY, sheet)
            )
        case _:
            may = "ipp:, ipps:, cups:, escpos+tcp: and, only with a virtual card reader, pdf:FOLDER and virtual:"
            raise _none_of("printer", settings.printer, may)


def open_slip_printer(settings: TerminalSettings, clock: SystemClock, around: VirtualSurroundings) -> SlipPrinter:
    """The printer of receipts and slips. Raises `ConfigurationError` for an address that can't be one."""
    scheme, _, rest = settings.slip_printer.partition(":")
    line: Line
    match scheme:
        case "serial":
            line = SerialLine(rest)
        case "tcp":
            parts = urlsplit(settings.slip_printer)
            if not parts.hostname:
                raise ConfigurationError("slip_printer: write tcp://host:9100")
            try:
                line = TcpLine(parts.hostname, parts.port or 9100)
            except ValueError as error:
                raise ConfigurationError(f"slip_printer: {error}") from error
        case "file":
            line = FileLine(Path(rest))
        case "virtual":
            return VirtualSlipPrinter(put_out=lambda slip: around.put(Place.RECEIPT_SLOT, slip))
        case _:
            may = "serial:, tcp:, file: and, only with a virtual card reader, virtual:"
            raise _none_of("slip_printer", settings.slip_printer, may)
    return EscposSlipPrinter(line, clock)
