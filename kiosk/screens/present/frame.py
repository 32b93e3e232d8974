"""What surrounds every screen: header, step bar, utilities, and the pages that long lists are turned in."""

from collections.abc import Sequence

from kiosk.flow.touches import Key, LanguageChosen, Pressed
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Block, Caption, Notice, Role, Words
from kiosk.screens.controls import Control, KeyRow, Stepper, Toggle
from kiosk.screens.model import Header, Steps, Utilities
from kiosk.screens.panel import Look
from kiosk.screens.present.context import Body, Context
from kiosk.texts import formats

STEPS = ("card", "pin", "choose", "check", "pay", "collect")


def header(ctx: Context, *, stepped: bool) -> Header | None:
    """Whose machine, where, when. In large type it gives way to the step bar."""
    if ctx.large and stepped:
        return None
    board = ctx.terminal.board_at_hand
    municipality = "" if board is None else (board.municipality_name if ctx.japanese else board.municipality_name_en)
    return Header(
        emblem=board is not None,
        municipality=municipality,
        place="" if ctx.large else ctx.site.place.of(ctx.language),
        date="" if ctx.large else formats.day_short(ctx.now.date(), ctx.language),
        time=formats.time_of_day(ctx.now),
    )


def steps(ctx: Context, now: int) -> Steps:
    """Where in the visit we are."""
    names = tuple(ctx.say(f"frame.step.{name}") for name in STEPS)
    numbers = {"now": now, "of": len(names), "name": names[now - 1]}
    return Steps(names, now, ctx.say("frame.step.large", **numbers), ctx.say("frame.step.spoken", **numbers))


def utilities(ctx: Context, body: Body) -> Utilities:
    """やめる, 文字・音声, Language, 係員を呼ぶ, in this order; the first place stays empty once money is captured.
    Large type keeps the first and the last: the last opens the others."""
    staff = Control("staff", ctx.say("frame.key.staff"), Pressed(Key.CALL_STAFF), icon="staff")
    if body.open_strip:
        if ctx.large:
            return Utilities((staff,))
        return Utilities((None, None, None, staff), ctx.say("frame.note.staff"))
    cancel = Control("cancel", ctx.say("frame.key.cancel"), Pressed(Key.CANCEL), icon="cross")
    if ctx.large:
        return Utilities((cancel, staff) if body.cancellable else (staff,))
    return Utilities((cancel if body.cancellable else None, options_key(ctx), language_key(ctx), staff))


def options_key(ctx: Context) -> Control:
    """Opens seeing and hearing."""
    return Control("options", ctx.say("frame.key.options"), Pressed(Key.SEEING_AND_HEARING), icon="text-size")


def language_key(ctx: Context) -> Control:
    """Opens the languages; from any other language it leads straight back to Japanese."""
    touch = Pressed(Key.LANGUAGES) if ctx.japanese else LanguageChosen(Language.JAPANESE)
    return Control("languages", ctx.say("frame.key.language"), touch, icon="globe", spoken=ctx.say("frame.key.spoken"))


def row_height(ctx: Context, standard: float) -> float:
    """How high a row of choices is."""
    if ctx.large:
        return 29 if ctx.look.low_reach else 33
    return min(standard, 32) if ctx.look.low_reach else standard


def pager_height(look: Look) -> float:
    """Height of the row that turns pages, with the room above it."""
    return 28 if look.large else 24


def in_pages(rows: Sequence[Block], room: float, look: Look) -> tuple[tuple[Block, ...], ...]:
    """Rows as pages of at most `room` mm. A caption never stands alone at the end of a page."""
    if _height(rows, look) <= room:
        return (tuple(rows),)
    pages: list[tuple[Block, ...]] = []
    page: list[Block] = []
    for group in _groups(rows):
        if page and _height([*page, *group], look) > room - pager_height(look):
            pages.append(tuple(page))
            page = []
        page.extend(group)
    return (*pages, tuple(page))


def _groups(rows: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    captioned = False
    for row in rows:
        if captioned:
            groups[-1].append(row)
        else:
            groups.append([row])
        captioned = isinstance(row, Caption)
    return groups


def _height(rows: Sequence[Block], look: Look) -> float:
    return sum(height_of(row, look) + (row.gap if place else 0) for place, row in enumerate(rows))


def height_of(row: Block, look: Look) -> float:
    """Height in mm of what can stand in the part for fingers. QML draws it at this height."""
    match row:
        case KeyRow():
            return row.height
        case Toggle():
            return 54 if look.large else 33
        case Stepper():
            large = 84 if row.details else 64
            return (large if look.large else 45 if look.landscape else 34) - (
                2 if look.low_reach and not look.landscape else 0
            )
        case Caption():
            return 20 if look.large else 10
        case Notice() | Words():
            line = 22.0 if look.large else 10.0 if row.role is Role.LABEL else 13.0
            return line * (row.text.count("\n") + 1)
        case _:
            raise TypeError(f"{type(row).__name__} does not stand among rows")
