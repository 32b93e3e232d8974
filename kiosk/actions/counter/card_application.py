"""What a card application at the counter has done: asked of the server, scanned, photographed, printed. Between an
effect and its answer it keeps the tokens of what was sent, so that the same sent again is done once, and the session
that a resident's own card has answered; nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from hardware.errors import ScannerAway, ScannerEmpty
from hardware.keypad.pin import PinPad
from hardware.scanner.model import Scanner
from kiosk.actions.counter.application_wire import ApplicationWire, Stepped
from kiosk.actions.counter.camera import CameraActions
from kiosk.actions.counter.card_slips import CardSlips
from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.own_card import NotByCard, OwnCard
from kiosk.actions.counter.papers import PaperPrinting, PaperRefused, PaperSource, WantedPaper, page_pictures
from kiosk.actions.counter.pictures import Pictures, Shown
from kiosk.actions.jobs import Lane
from kiosk.counter.card_application import effects as do
from kiosk.counter.card_application import events as on
from kiosk.counter.case import CaseEffect
from kiosk.errors import RequestRejected, ServerAway, ServerFault
from kiosk.photo.encode import jpeg_of
from kiosk.photo.intake import Unreadable, read
from printers.model import Printed

TOKEN_BYTES = 16
FORM = "form"
FORM_HEIGHT = 1600
APPLICATION_FORM = "application-form"
SMALL_SIDE = 1600
"""Pixels of the longer side of a scanned document: each word of a licence is read at this size."""

_SILENT = (ServerAway, ServerFault, RequestRejected)


@dataclass(slots=True)
class CardApplicationActions:
    """Every effect of the case. `entropy` gives random bytes, `speak` reads a text of the catalogue out."""

    wire: ApplicationWire
    camera: CameraActions
    scanner: Scanner
    slips: CardSlips
    papers: PaperSource
    printing: PaperPrinting
    pictures: Pictures
    card: OwnCard
    pad: PinPad
    entropy: Callable[[int], bytes]
    speak: Callable[[str], None]
    _tokens: dict[tuple[int, int], bytes] = field(default_factory=dict, repr=False)
    _sessions: dict[int, bytes] = field(default_factory=dict, repr=False)
    """Those that residents' own cards have answered, by case."""

    @property
    def effects(self) -> type[CaseEffect]:
        """The base of them."""
        return do.CardEffect

    def start(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        """Does one at once, or gives its job."""
        del tell  # every answer comes of a job
        if not isinstance(effect, do.CardEffect):
            raise TypeError(f"nobody does {type(effect).__name__}")
        if isinstance(effect, do.Speak):
            self.speak(effect.key)
            return None
        if isinstance(effect, do.ClearPad):
            self.pad.clear()
            return None
        if isinstance(effect, do.FindByCard):
            return self._by_card(effect.number)
        lane, run = self._job(effect)
        return DeskJob(lane, run)

    def _by_card(self, number: int) -> DeskJob:
        # Off the pad at once: what is typed from here on belongs to another try.
        pin = self.pad.take()

        def run(tell: DeskTell) -> None:
            try:
                session = self.card.session(pin)
                if isinstance(session, NotByCard):
                    tell(on.CardSaidNothing(number, session.why, session.tries_left))
                else:
                    self._sessions[number] = session
                    tell(on.FindAnswered(number, self.wire.find("", "", session)))
            except _SILENT:
                tell(on.ServerSilent(number))

        return DeskJob(Lane.CARD, run)

    def erase(self, number: int) -> None:
        """Wipes what was kept of a case, its pictures, and what is on the pad."""
        self.pad.clear()
        for key in [key for key in self._tokens if key[0] == number]:
            del self._tokens[key]
        self._sessions.pop(number, None)
        self.pictures.erase(number)

    def _job(self, effect: do.CardEffect) -> tuple[Lane, Callable[[DeskTell], None]]:
        match effect:
            case do.WatchCamera(number):
                return Lane.CAMERA, lambda tell: tell(self.camera.open(number))
            case do.NextFrame(number):
                return Lane.CAMERA, lambda tell: tell(self.camera.next(number))
            case do.LeaveCamera(number):
                return Lane.CAMERA, lambda _: self.camera.close(number)
            case do.TakePhoto(number, guide):
                return Lane.CAMERA, lambda tell: tell(self.camera.take(number, guide))
            case do.ScanDocument():
                return Lane.CAMERA, lambda tell: tell(self._document(effect))
            case do.ScanPrint(number):
                return Lane.CAMERA, lambda tell: tell(self._print(number))
            case do.PrintGuidance():
                return Lane.SLIPS, lambda tell: self.slips.guidance(effect, tell)
            case do.PrintReceipt():
                return Lane.SLIPS, lambda tell: self.slips.receipt(effect, tell)
            case do.PrintForm():
                return Lane.PAPER, lambda tell: tell(self._print_form(effect))
            case _:
                return Lane.SERVER, lambda tell: self._of_server(effect, tell)

    def _of_server(self, effect: do.CardEffect, tell: DeskTell) -> None:
        try:
            tell(self._answer(effect))
        except _SILENT:
            flight = effect.flight if isinstance(effect, do.Send) else 0
            tell(on.ServerSilent(effect.number, flight))

    def _answer(self, effect: do.CardEffect) -> on.CardEvent:
        number = effect.number
        match effect:
            case do.AskAllowed(asked=asked):
                return on.AllowedAnswered(number, self.wire.allowed(asked))
            case do.ListHere():
                return on.HereListed(number, self.wire.here())
            case do.TakeUp(municipality=municipality, application=application):
                return on.TakenUp(number, self.wire.all_of(municipality, application))
            case do.Find(name=name, born=born, municipality=municipality):
                return on.FindAnswered(number, self.wire.find(name, born, municipality=municipality))
            case do.AskExpress(resident=resident, express=express):
                return on.ExpressAnswered(number, self.wire.express(resident, express))
            case do.Send():
                return self._sent(effect)
            case do.ShowForm():
                return self._form(effect)
            case _:
                raise TypeError(f"nobody does {type(effect).__name__}")

    def _sent(self, effect: do.Send) -> on.CardEvent:
        token = self._tokens.setdefault((effect.number, effect.flight), self.entropy(TOKEN_BYTES))
        session = self._sessions.get(effect.number, b"")
        done = self.wire.step(effect.doing, token, effect.application, effect.version, effect.municipality, session)
        if isinstance(done, Stepped):
            return on.Sent(effect.number, effect.flight, done.application, done.version, done.state)
        return on.SendRefused(effect.number, effect.flight, done)

    def _document(self, effect: do.ScanDocument) -> on.CardEvent:
        """A scanned document: only its pixels go on, in a file made here."""
        try:
            scanned = self.scanner.scan()
        except ScannerEmpty:
            return on.ScanFailed(effect.number, "empty")
        except ScannerAway:
            return on.ScanFailed(effect.number, "away")
        pixels = read(scanned.file)
        if isinstance(pixels, Unreadable):
            return on.ScanFailed(effect.number, pixels.value)
        picture = Image.fromarray(pixels)
        picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
        shown = picture.copy()
        shown.thumbnail((480, 480))
        self.pictures.put(effect.number, {effect.kind: Shown(shown.width, shown.height, 3, shown.tobytes())})
        return on.Scanned(effect.number, effect.kind, "image/jpeg", jpeg_of(np.asarray(picture, dtype=np.uint8)))

    def _print(self, number: int) -> on.CardEvent:
        try:
            scanned = self.scanner.scan()
        except ScannerEmpty:
            return on.ScanFailed(number, "empty")
        except ScannerAway:
            return on.ScanFailed(number, "away")
        pixels = read(scanned.file)
        if isinstance(pixels, Unreadable):
            return on.ScanFailed(number, pixels.value)
        return self.camera.print_scanned(number, pixels, scanned.dots_an_inch)

    def _form(self, effect: do.ShowForm) -> on.CardEvent:
        number = effect.number
        paper = self.papers.paper(self._wanted(effect))
        if isinstance(paper, PaperRefused):
            return on.FormShown(number, 0, fields=paper.fields)
        pages = page_pictures(paper, FORM_HEIGHT)
        shown = {f"{FORM}-{at}": Shown(page.width, page.height, 1, page.grey) for at, page in enumerate(pages)}
        return on.FormShown(number, len(pages), self.pictures.put(number, shown))

    def _print_form(self, effect: do.PrintForm) -> on.CardEvent:
        try:
            paper = self.papers.paper(self._wanted(effect))
        except _SILENT:
            return on.FormPrinted(effect.number, out=False)
        if isinstance(paper, PaperRefused):
            return on.FormPrinted(effect.number, out=False)
        return on.FormPrinted(effect.number, isinstance(self.printing.print(paper), Printed))

    def _wanted(self, effect: do.ShowForm | do.PrintForm) -> WantedPaper:
        return WantedPaper(APPLICATION_FORM, effect.municipality or self.wire.municipality, effect.application)
