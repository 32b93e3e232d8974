"""What every presenter is given, and what it gives back: the part of a screen between header and utilities."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.flow.means import Means
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Block, SlipBand
from kiosk.screens.controls import Control
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.panel import Look
from kiosk.screens.site import SitePresentation, Words
from kiosk.texts import formats
from kiosk.texts.catalogue import BREAK, LayoutClass, Texts, plain
from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a presenter may look at. `now` is local time."""

    terminal: Terminal
    site: SitePresentation
    look: Look
    say: Texts
    now: datetime

    @property
    def language(self) -> Language:
        """The language written on the screen."""
        return self.look.language

    @property
    def large(self) -> bool:
        """Large type: fewer facts."""
        return self.look.large

    @property
    def landscape(self) -> bool:
        """Read left, touch right."""
        return self.look.landscape

    @property
    def japanese(self) -> bool:
        """Whether Japanese is written."""
        return self.language is Language.JAPANESE

    def money(self, yen: int) -> str:
        """An amount."""
        return formats.money(yen, self.language)

    def where(self, place: Words) -> str:
        """Where something comes out."""
        return place.of(self.language)

    def kind(self, kind: CertificateKind) -> str:
        """A kind's name."""
        return self.kind_short(kind) if self.large else self.say(f"choose.kind.name.{kind.value}")

    def kind_short(self, kind: CertificateKind) -> str:
        """A kind's name where there is little room."""
        return self.say(f"choose.kind.short.{kind.value}")

    def kind_aside(self, kind: CertificateKind) -> str:
        """The Japanese name beside a name in another language, because the paper says only that; not in large type."""
        return "" if self.japanese or self.large else _IN_JAPANESE(f"choose.kind.name.{kind.value}")

    def paper_title(self, kind: CertificateKind) -> str:
        """What stands on top of the page picture: Japanese in every language, as on the paper."""
        return self.say(f"choose.kind.paper.{kind.value}")

    def by_fee(self, key: str) -> str:
        """The key of a text; of its twin where the order costs nothing and money is not to be spoken of."""
        visit = self.terminal.visit
        free = visit is not None and not sum(line.total for line in visit.basket)
        return f"{key}_free" if free else key

    @property
    def for_number(self) -> bool:
        """Whether the person wants to hear their number, not a certificate."""
        visit = self.terminal.visit
        return visit is not None and visit.number is not None

    @property
    def cashless(self) -> bool:
        """Whether the visit is paid at the payment terminal."""
        visit = self.terminal.visit
        return visit is not None and visit.means is Means.CASHLESS

    @property
    def pays_only(self) -> Means | None:
        """The one way that is left to pay where another one is out of order."""
        if not self.terminal.takes_cash:
            return Means.CASHLESS
        return Means.CASH if self.terminal.cashless is False else None

    @property
    def offer(self) -> Offer | None:
        """The offer of the visit at hand."""
        return self.terminal.visit.offer if self.terminal.visit is not None else None


_IN_JAPANESE = Texts(Language.JAPANESE, LayoutClass.PORTRAIT)


@dataclass(frozen=True, slots=True)
class Body:
    """A screen between header and utilities. `step` counts from 1; `cancellable`: やめる stands in the utilities;
    `rows` are what can be touched (or read, below), turned in pages where they need more room than there is."""

    title: str
    voice: str
    """Where one is and what to do, for the ear; what there is to read follows it (`spoken`)."""
    ground: Ground
    read: tuple[Block, ...]
    rows: tuple[Block, ...] = ()
    menu: tuple[Block, ...] = ()
    """A page before the rows, with a key that turns to them."""
    foot: tuple[Block, ...] = ()
    action: Action = field(default_factory=Action)
    step: int | None = None
    cancellable: bool = False
    lower_from: float | None = None
    lowered: bool = True
    open_strip: bool = False
    """Nobody's visit: the utilities are a sentence and the key that calls staff."""
    private: bool = False
    """The clerk's window shows nothing of it, as of a PIN that is typed."""
    name: str = ""
    """Tells a screen that a clerk's case shows from its others; the flow's own scenes go by their names."""


def back(ctx: Context) -> Control:
    """Back goes one step and keeps answers."""
    return Control("back", ctx.say("frame.key.back"), Pressed(Key.BACK), icon="" if ctx.large else "chevron-left")


def primary(text: str, *, ready: bool = True, key: Key = Key.PRIMARY) -> Control:
    """The key that takes you on; not ready, it says what is missing."""
    return Control("primary", text, Pressed(key) if ready else None, spoken=plain(text))


def finish(ctx: Context) -> Action:
    """The last key of a dead end."""
    return Action(primary=primary(ctx.say("frame.key.finish")), ends=True, wide=ctx.large)


def to_take(ctx: Context, slip: str) -> tuple[SlipBand, ...]:
    """Above the last key of a dead end, what is to be taken along: a card that still lies there, before it closes the
    terminal to the next person (I13), and the slip. `slip` is what is said of it, empty when none was printed."""
    if not ctx.terminal.card_present:
        return (SlipBand(text=slip),) if slip else ()
    where = ctx.where(ctx.site.receipt_slot)
    text = ctx.say("declined.take.both", where=where) if slip else ctx.say("declined.take.card")
    return (SlipBand(text=text, icon="card-taken"),)


def data(text: str) -> str:
    """Words of a municipality's own: they may break at their spaces, after their marks and after particles."""
    return _PARTICLE.sub(BREAK, text.replace(" ", f" {BREAK}")).removesuffix(BREAK)


_PARTICLE = re.compile(r"(?<=[、。・])(?!$)|(?<=[のはがにでとも])(?=[ァ-ヶ一-鿿0-9])|(?<=を)(?!$)")
