"""Draws every screen for people to look at: `python -m kiosk.screens.gallery FOLDER [NAME...]`. Fictional data only."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import PinPad
from kiosk.counter.desk import Desk, DeskCase
from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import InCase
from kiosk.counter.touches import DeskTouch
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Touch
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import desk_samples, sample_visits, samples
from kiosk.screens.application import make_application
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.counter.hand_over import samples as hand_over
from kiosk.screens.counter.x509_pin import samples as x509_pin
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.window import KioskWindow

LOOKS: Mapping[str, Presentation] = {
    "": Presentation(),
    "-english": Presentation(language=Language.ENGLISH),
    "-large": Presentation(large=True),
    "-large-english": Presentation(large=True, language=Language.ENGLISH),
    "-contrast": Presentation(contrast=True),
    "-low": Presentation(low_reach=True),
    "-low-large": Presentation(low_reach=True, large=True),
    "-left": Presentation(left_hand=True),
}

_IN_FULL = ("", "-english")

PANELS: Mapping[str, Panel] = {"": PORTRAIT, "-landscape": LANDSCAPE}


def screens() -> Iterator[tuple[str, Panel, Terminal]]:
    """Every picture: name, panel and state. All screens in both languages, the main ones in every look."""
    for suffix, panel in PANELS.items():
        for look, presentation in LOOKS.items():
            for name, terminal in (samples.ALL if look in _IN_FULL else samples.PICTURED).items():
                heard = replace(presentation, voice=terminal.presentation.voice)
                yield f"{name}{suffix}{look}", panel, replace(terminal, presentation=heard)


def draw(folder: Path, wanted: tuple[str, ...]) -> int:
    """Draws the pictures whose names begin with a wanted one (all without any); returns how many. Raises `OSError`."""
    make_application(offscreen=True)
    folder.mkdir(parents=True, exist_ok=True)
    windows = {panel: _window(panel) for panel in PANELS.values()}
    drawn = 0
    for name, panel, terminal in screens():
        if wanted and not name.startswith(wanted):
            continue
        windows[panel].show(terminal)
        windows[panel].picture(folder / f"{name}.png")
        drawn += 1
    for window in windows.values():
        window.close()
    return drawn


DESK_LOOKS: Mapping[str, tuple[Language, bool]] = {
    "": (Language.JAPANESE, False),
    "-english": (Language.ENGLISH, False),
    "-large": (Language.JAPANESE, True),
}
"""Language of the clerk's window, and whether its type is large."""


def desks() -> Iterator[tuple[str, Desk, Terminal]]:
    """Every page of the clerk's window: name, desk, and the resident's terminal. Pages of a case begin with `case-`."""
    for name, (desk, terminal) in desk_samples.PAGES.items():
        yield name, desk, terminal
    cases = ((CaseKind.HAND_OVER, hand_over.SAMPLES), (CaseKind.X509_PIN, x509_pin.SAMPLES))
    for kind, pages in cases:
        for name, case in pages.items():
            opened = DeskCase(kind, case, desk_samples.CLERK.mark)
            desk = Desk(scene=InCase(), staff=desk_samples.CLERK, case=opened, day=desk_samples.OPEN)
            yield f"case-{kind.value}-{name}", desk, samples.ALL["at-counter"]


def draw_desk(folder: Path, wanted: tuple[str, ...]) -> int:
    """Draws the pages of the clerk's window likewise, and of a case what the resident sees."""
    make_application(offscreen=True)
    shown: list[Desk] = [Desk()]
    resident = KioskWindow(
        PORTRAIT,
        sample_visits.COUNTER,
        PinPad(),
        _nothing,
        lambda: sample_visits.NOW,
        still=True,
        by_desk=shown_by(lambda: shown[0]),
    )
    clerk = ClerkWindow(
        sample_visits.COUNTER, PasswordPad(), _nothing, lambda: sample_visits.NOW, resident.image, still=True
    )
    # A window that is not up lays nothing out.
    resident.open(full_screen=False)
    clerk.open(full_screen=False)
    drawn = 0
    for look, (language, large) in DESK_LOOKS.items():
        for name, desk, terminal in desks():
            if wanted and not name.startswith(wanted):
                continue
            of_case = name.startswith("case-")
            if of_case:
                terminal = replace(terminal, presentation=Presentation(language=language, large=large))
            shown[0] = replace(desk, language=language, large=large)
            resident.show(terminal)
            resident.settle()
            clerk.show(shown[0], terminal, resident.screen(terminal))
            clerk.picture(folder / f"{name}{look}.png")
            if of_case:
                resident.picture(folder / f"{name}-resident{look}.png")
            drawn += 1
    clerk.close()
    resident.close()
    return drawn


def _window(panel: Panel) -> KioskWindow:
    window = KioskWindow(panel, sample_visits.SITE, PinPad(), _nothing, lambda: sample_visits.NOW, still=True)
    window.open(full_screen=False)
    return window


def _nothing(_touch: Touch | DeskTouch) -> None:
    """Nobody touches a gallery."""


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    draw(Path(folder), tuple(names))
    draw_desk(Path(folder), tuple(names))
