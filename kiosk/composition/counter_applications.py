"""Puts together what card applications at a counter are done with: camera, scanner, slips, papers and wire. Decides
nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from hardware.camera.model import Camera, FaceFinder
from hardware.keypad.pin import PinPad
from hardware.ports import Clock
from hardware.scanner.model import Scanner
from kiosk.actions.counter.application_wire import ApplicationWire
from kiosk.actions.counter.camera import CameraActions
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.card_application import CardApplicationActions
from kiosk.actions.counter.card_slips import CardSlips
from kiosk.actions.counter.own_card import OwnCard
from kiosk.actions.counter.paper_wire import WirePapers
from kiosk.actions.counter.papers import PaperPrinting
from kiosk.actions.counter.pictures import Pictures
from kiosk.actions.counter.slip_actions import CounterSlipActions
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.counter.wire_answers import desk_of
from kiosk.actions.server import CertificateServer
from kiosk.actions.site import Site
from kiosk.actions.wire import UploadTransport
from printers.model import PagePrinter


@dataclass(frozen=True, slots=True)
class IntakeParts:
    """Devices, and what is known around them. `local` gives local time of Unix seconds,
    `speak` reads a text of the catalogue out."""

    site: Site
    camera: Camera
    finder: FaceFinder | None
    scanner: Scanner
    card: CounterCardActions
    pad: PinPad
    server: Callable[[], CertificateServer]
    slips: CounterSlipActions
    pages: PagePrinter
    clock: Clock
    local: Callable[[int], datetime]
    speak: Callable[[str], None]
    entropy: Callable[[int], bytes]
    pictures: Pictures = field(default_factory=Pictures)


def card_applications(
    parts: IntakeParts, connect: Callable[[], UploadTransport], session: StaffSession
) -> CardApplicationActions:
    """All that a card application can have done."""
    municipality = parts.site.municipality
    desk = desk_of(municipality, lambda: session.token)
    return CardApplicationActions(
        wire=ApplicationWire(connect, municipality, desk, parts.local),
        camera=CameraActions(parts.camera, parts.finder, parts.pictures, parts.clock),
        scanner=parts.scanner,
        slips=CardSlips(parts.slips),
        papers=WirePapers(connect, municipality, lambda: session.token),
        printing=PaperPrinting(parts.pages, parts.entropy),
        pictures=parts.pictures,
        card=OwnCard(parts.card, parts.server, municipality, parts.site.terminal),
        pad=parts.pad,
        entropy=parts.entropy,
        speak=parts.speak,
    )
