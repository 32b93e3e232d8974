"""What the pages of the clerk's window share in the case of X.509s and PINs."""

from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import (
    Did,
    Do,
)
from kiosk.screens.blocks import Block, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.context import DeskBody
from kiosk.screens.counter.x509_pin.shared import Say, names
from kiosk.screens.model import Action
from kiosk.texts.catalogue import plain


def page(
    say: Say,
    scene: str,
    title: str,
    *main: Block,
    action: Action | None = None,
    case: X509PinCase | None = None,
    alert: str = "",
) -> DeskBody:
    """A page of the case: what it is about stands below its title, and that parties are simulated."""
    head = "" if case is None or case.wish is None else say(f"wish.{case.wish.value}.name")
    if case is not None and case.wish is not None and case.wish.of_usages:
        head = f"{head}（{names(say, case.usages)}）"
    named: tuple[Block, ...] = (Words(text=head, role=Role.LABEL, gap=2),) if head else ()
    return DeskBody(
        scene=f"x509-{scene}",
        title=title,
        main=(
            Title(text=title),
            Words(text=say("simulated_short"), role=Role.LABEL, tone=Tone.QUIET, gap=1),
            *named,
            *main,
        ),
        action=action or Action(),
        alerts=(alert,) if alert else (),
    )


def key(say: Say, name: str, words: str, touch: Do, *, icon: str = "", live: bool = True) -> Control:
    """A key of the case."""
    return Control(name, say(words), Did(touch) if live else None, icon=icon, spoken=plain(say(words)))


def waits(say: Say, words: str) -> Control:
    """In the place of the primary key: what is waited for."""
    return Control("primary", say(words), None, spoken=plain(say(words)))
