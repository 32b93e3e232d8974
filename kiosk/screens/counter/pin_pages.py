"""PINs on the resident's window, in every case in which one is typed: the keys, how many signs there are, and what is
said of a weak one. The clerk's window is told that somebody types, and no more (I11)."""

from collections.abc import Set as AbstractSet

from hardware.card.model import Usage
from hardware.keypad.pin import PIN_DIGITS, SIGNING_PIN_LENGTHS
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.pins import BoardWay, PinAsk, enough
from kiosk.screens.blocks import Block, PinDots, Role, Title, Words
from kiosk.screens.controls import AnyTouch, Board, Control, Keypad, SignKeys
from kiosk.screens.counter.case_words import CaseWords
from kiosk.screens.grid import Ground, grid
from kiosk.screens.model import Action
from kiosk.screens.present.context import Body, Context
from kiosk.texts.catalogue import Texts, plain

GROUP = "counter-x509"
"""Where the words of PINs stand."""

NEXT_WAY = {BoardWay.KEYS: BoardWay.BIG, BoardWay.BIG: BoardWay.ONE_BY_ONE, BoardWay.ONE_BY_ONE: BoardWay.KEYS}
"""Other keys, in the place of Back: one kind after the other."""


def pin_words(texts: Texts) -> CaseWords:
    """The words in which every case asks for a PIN."""
    return CaseWords(texts, GROUP)


def way_shown(ctx: Context, chosen: BoardWay, *, signing: bool) -> BoardWay:
    """As chosen; where thirty-six keys have no room for fingers, few big ones stand instead."""
    crowded = signing and ctx.landscape and (ctx.large or ctx.look.low_reach)
    return BoardWay.BIG if crowded and chosen is BoardWay.KEYS else chosen


def pin_keys(ctx: Context, say: CaseWords, way: BoardWay, *, signing: bool) -> Block:
    """The keys to type by."""
    height = grid(ctx.look, Ground.SHIELD, stepped=False).lower.h
    if way is not BoardWay.KEYS:
        return Board(
            height=height,
            kind=way.value,
            signs=signing,
            sign=plain(say("pin.signs" if signing else "pin.digits")),
            this=plain(say("board.this")),
            other=plain(say("board.other")),
            groups=plain(say("board.groups")),
            erase_one=plain(say("board.erase_one")),
        )
    if signing:
        sign, erase_all, erase_one = plain(say("pin.signs")), say("pin.erase_all"), say("pin.erase_one")
        return SignKeys(height=height, sign=sign, erase_all=erase_all, erase_one=erase_one)
    return Keypad(
        height=height,
        digit=plain(say("pin.digits")),
        erase_all=ctx.say("card.pin.erase_all"),
        erase_one=ctx.say("card.pin.erase_one"),
    )


def pin_dots(ctx: Context, say: CaseWords, ask: PinAsk, typed: int, *, wrong: bool) -> PinDots:
    """How many signs there are. How long a signing PIN is, is nobody's business who hears."""
    signing = ask.usage is Usage.SIGNING
    return PinDots(
        digits=typed,
        wrong=wrong and not typed,
        spoken=plain(say("pin.signs") if signing else say.counted("pin.typed", typed)),
        places=SIGNING_PIN_LENGTHS[-1] if signing else PIN_DIGITS,
        gap=4 if ctx.large else 6,
    )


def enter_key(say: CaseWords, ask: PinAsk, typed: int, touch: AnyTouch) -> Control:
    """Enters the PIN, once there are signs enough."""
    if enough(ask, typed):
        return Control("primary", say("pin.enter"), touch)
    least = PIN_DIGITS if ask.usage is Usage.USER_AUTH else SIGNING_PIN_LENGTHS[0]
    return Control("primary", say.counted("pin.missing", max(1, least - typed)), None)


def weak_pin(
    say: CaseWords, name: str, weaknesses: AbstractSet[Weakness], *, other: AnyTouch, keep: AnyTouch | None
) -> Body:
    """Why a new PIN is easy to guess; another one, or this one all the same where it may be kept."""
    title, choose = say("weak.title"), say("weak.other")
    reasons = tuple(
        Words(text=say(f"weak.reason.{each.value}"), role=Role.ITEM, gap=6)
        for each in sorted(weaknesses, key=lambda each: each.value)
    )
    kept = None if keep is None else Control("keep", say("weak.keep"), keep)
    return Body(
        title=title,
        voice=plain(say("voice.weak")),
        ground=Ground.ACTION,
        read=(Title(text=title), *reasons, Words(text=say("weak.refused" if keep is None else "weak.text"), gap=6)),
        action=Action(back=kept, primary=Control("primary", choose, other, spoken=plain(choose))),
        lowered=False,
        lower_from=380,
        name=name,
        private=True,
    )
