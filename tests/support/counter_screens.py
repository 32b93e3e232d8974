"""Both windows with a case open at the desk, and cases of every kind in every scene, for whoever measures what stands
on them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from hardware.camera.person import Person, draw
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import PinPad, SigningPinPad
from kiosk.actions.counter.pictures import Shown
from kiosk.counter import scenes as desk_at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.case import Case
from kiosk.counter.desk import Desk, DeskCase
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.kinds import CaseKind
from kiosk.counter.papers import case as papers
from kiosk.counter.papers.case import PapersCase
from kiosk.counter.papers.values import Procedure, Question, Sheet, Why
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.flow.scenes import AtCounter
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Touch
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.counter.context import Surroundings
from kiosk.screens.counter.hand_over.samples import SAMPLES as HAND_OVERS
from kiosk.screens.counter.presenter import present_desk
from kiosk.screens.counter.x509_pin.samples import SAMPLES as X509S
from kiosk.screens.desk_model import DeskModel
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.window import KioskWindow
from tests.kiosk.counter import card_samples
from tests.kiosk.counter.desk_walk import AKI

KINDS: Mapping[type, CaseKind] = {
    CardCase: CaseKind.CARD_APPLICATION,
    X509PinCase: CaseKind.X509_PIN,
    HandOverCase: CaseKind.HAND_OVER,
    PapersCase: CaseKind.PAPERS,
}
PAPER_SCENES: tuple[papers.Scene, ...] = (
    papers.Choosing(),
    papers.Asking(Question(Procedure.EXPRESS)),
    papers.Naming(Sheet.DELIVERY_NOTICE),
    papers.Making(Sheet.PINS_EXPLAINED),
    papers.Making(Sheet.PINS_EXPLAINED, printing=True),
    papers.CameOut(Sheet.PINS_EXPLAINED, 1),
    papers.CameOut(Sheet.DELIVERY_NOTICE, 2),
    *(papers.NoPaper(Sheet.PINS_EXPLAINED, why) for why in Why),
)
PANELS: Mapping[str, Panel] = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


def at_counter(look: Presentation) -> Terminal:
    """The resident's flow while the desk has the terminal."""
    return replace(samples.ALL["01-start"], scene=AtCounter(), presentation=look)


def pictured(_name: str, _serial: int) -> Shown:
    """Of somebody who does not exist: live, taken, and in the place of a form."""
    return Shown(320, 240, 3, draw(Person(), 320, 240, 0).tobytes())


@cache
def cases() -> Mapping[str, Case]:
    """Every kind of case in every scene, by name."""
    return {
        **{f"hand-over {name}": case for name, case in HAND_OVERS.items()},
        **{f"x509 {name}": case for name, case in X509S.items()},
        **{f"application {name}": case for name, case in card_samples.samples().items()},
        **{f"paper {at}": PapersCase(1, scene, officer=True) for at, scene in enumerate(PAPER_SCENES)},
    }


def with_case(case: Case, language: Language = Language.JAPANESE, *, large: bool = False) -> Desk:
    """The desk at which it is open."""
    opened = DeskCase(KINDS[type(case)], case, AKI.mark)
    return Desk(scene=desk_at.InCase(), staff=AKI, case=opened, language=language, large=large)


class CaseStage:
    """The resident's window while a case is open."""

    def __init__(self, panel: str = "portrait") -> None:
        self.panel = PANELS[panel]
        self.desk = Desk()
        self.touched: list[Touch] = []
        self.pad, self.signing_pad = PinPad(), SigningPinPad()
        self.window = KioskWindow(
            *(self.panel, sample_visits.SITE, self.pad, self.touched.append, lambda: sample_visits.NOW),
            still=True,
            by_desk=shown_by(lambda: self.desk),
            pictures=pictured,
            signing_pad=self.signing_pad,
        )
        self.window.open(full_screen=False)

    def show(self, case: Case, look: Presentation | None = None) -> Terminal:
        """What the resident sees of it."""
        terminal = self._opened(case, look or Presentation())
        self.window.show(terminal)
        self.window.settle()
        return terminal

    def clerk_sees(self, case: Case, language: Language = Language.JAPANESE, *, large: bool = False) -> DeskModel:
        """The clerk's page, as data."""
        terminal = self._opened(case, Presentation(language=language))
        around = Surroundings(terminal, self.window.screen(terminal), sample_visits.SITE, sample_visits.NOW)
        return present_desk(with_case(case, language, large=large), around)

    def _opened(self, case: Case, look: Presentation) -> Terminal:
        """The case at the desk, and what the resident's flow then knows: nothing is drawn."""
        self.desk = with_case(case, look.language)
        return at_counter(look)

    def clerk_window(self) -> ClerkWindow:
        """The clerk's window beside it, for whoever draws it."""
        return ClerkWindow(
            *(sample_visits.SITE, PasswordPad(), lambda _: None, lambda: sample_visits.NOW, self.window.image),
            pictures=pictured,
            still=True,
        )
