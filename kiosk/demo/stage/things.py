"""What hangs on the terminal of a demonstration, to steer, and the hands of whoever stands before it."""

import os
from dataclasses import dataclass, field

from hardware.camera.virtual import VirtualCamera
from hardware.card.pcsc import PcscReader
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.folder import CardFolder
from hardware.card.virtual.reader import VirtualReader
from hardware.card.virtual.writing_applet import Writable
from hardware.cash.virtual import VirtualCash
from hardware.cashless.virtual import VirtualPaymentTerminal
from hardware.composition import SystemClock, spawn_thread
from hardware.scanner.virtual import VirtualScanner
from hardware.sensors.model import Place
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.model import Voice
from hardware.voice.virtual import VirtualHeadphones, VirtualVoice
from kiosk.composition.devices import HOPPERS, Devices, alsa_voice
from kiosk.demo.stage.hand import HeldCard
from kiosk.demo.stage.site import MAIN_CARD, DemoSite, approve
from kiosk.demo.stage.tray import Catches
from kiosk.errors import ConfigurationError
from printers.virtual import SheetOut, VirtualPagePrinter, VirtualSlipPrinter


@dataclass(frozen=True, slots=True)
class Things:
    """The devices of a demonstration, to steer, and hands for the script. `slot` is None with a reader of the machine's
    own; a script then has a `hand` at it."""

    site: DemoSite
    slot: VirtualReader | None
    hand: HeldCard | None
    cash: VirtualCash
    payment: VirtualPaymentTerminal
    pages: VirtualPagePrinter
    slips: VirtualSlipPrinter
    around: VirtualSurroundings
    camera: VirtualCamera
    scanner: VirtualScanner
    headphones: VirtualHeadphones
    voice: Voice
    cards: dict[str, VirtualCard] = field(default_factory=dict)
    """Cards that were put before, as they were left."""

    def put_card(self, name: str = "") -> None:
        """Puts a card, the main one where none is named, or the one on the reader, where the terminal sees it."""
        if self.slot is not None:
            self.slot.insert(self.card(name or MAIN_CARD.name))
        if self.hand is not None:
            self.hand.put()

    def card(self, name: str) -> VirtualCard:
        """That card, the same each time."""
        if name not in self.cards:
            self.cards[name] = card_of(self.site, name)
        return self.cards[name]

    def take_card(self) -> None:
        """Takes it away."""
        if self.slot is not None:
            self.slot.pull()
        if self.hand is not None:
            self.hand.take()

    def insert(self, yen: int) -> None:
        """Puts one coin or note in."""
        if not self.cash.insert(yen):
            raise ConfigurationError(f"the virtual cash device did not take {yen} yen")

    def take_everything(self) -> None:
        """Takes sheets, change and slips."""
        for place in Place:
            self.around.take(place)

    def officer_approves(self) -> None:
        """What was applied for at the municipality next door is approved there."""
        approve(self.site)


def demo_devices(site: DemoSite, tray: Catches, *, pcsc: bool, scripted: bool) -> tuple[Devices, Things]:
    """Virtual devices whose paper `tray` catches; with `pcsc` the first reader of the machine."""
    clock, around = SystemClock(), VirtualSurroundings()
    around.arrive()

    def sheet_out(sheet: SheetOut) -> None:
        tray.sheet(sheet)
        around.put(Place.SHEET_TRAY, sheet)

    def slip_out(slip: bytes) -> None:
        tray.slip(slip)
        around.put(Place.RECEIPT_SLOT, slip)

    slot = None if pcsc else VirtualReader(clock)
    reader = slot or PcscReader(spawn_thread, clock)
    hand = HeldCard(reader) if pcsc and scripted else None
    cash = VirtualCash(HOPPERS, hand_out=lambda yen: around.put(Place.CHANGE_TRAY, yen))
    payment = VirtualPaymentTerminal(clock)
    pages = VirtualPagePrinter(clock, seconds_per_side=0.2 if scripted else 1.5, put_in_tray=sheet_out)
    slips = VirtualSlipPrinter(put_out=slip_out)
    voice = VirtualVoice() if scripted else alsa_voice("default")
    camera, scanner = VirtualCamera(clock), VirtualScanner()
    headphones = VirtualHeadphones()
    devices = Devices(
        reader=hand or reader,
        pages=pages,
        slips=slips,
        cash=cash,
        cashless=payment,
        surroundings=around,
        voice=voice,
        headphones=headphones,
        camera=camera,
        scanner=scanner,
    )
    return devices, Things(site, slot, hand, cash, payment, pages, slips, around, camera, scanner, headphones, voice)


def card_of(site: DemoSite, name: str) -> VirtualCard:
    """That card of the site, as it was issued or written last; it can be written again."""
    folder = CardFolder(site.cards)
    writable = Writable(folder.terminal_key().public_key(), kept=lambda memory: folder.keep_written(name, memory))
    return VirtualCard(folder.card(name), os.urandom, writable=writable, memory=folder.written(name))
