"""Where things stand, in mm from the top left corner: one row of a table for each layout class. Read above (or left),
touch below (or right); the action row never moves. Nothing here depends on what a scene says."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.screens.panel import Look
from kiosk.texts.catalogue import LayoutClass


class Ground(Enum):
    """What the part for fingers stands on."""

    DESK = "desk"
    """Choices: the whole desk is grey."""
    SHIELD = "shield"
    """The PIN: dark, with the grey action row below."""
    ACTION = "action"
    """Nothing to touch in the middle: only the action row is grey."""
    WHITE = "white"
    """Nothing to touch but the utilities."""

    @property
    def touched(self) -> bool:
        """Whether there is something to touch besides the action row."""
        return self in (Ground.DESK, Ground.SHIELD)


@dataclass(frozen=True, slots=True)
class Rect:
    """In mm."""

    x: float
    y: float
    w: float
    h: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    def down_from(self, y: float) -> "Rect":
        """The same, beginning at another height."""
        return replace(self, y=y, h=self.bottom - y)

    def down_to(self, y: float) -> "Rect":
        """The same, ending at another height."""
        return replace(self, h=y - self.y)


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of one screen. `desk` and `shield` are grounds painted to the panel's edge; `rule` is the height of
    the line above the utilities; `sheet` is where an overlay lies, `sheet_content` what stands on it."""

    header: Rect
    steps: Rect
    read: Rect
    lower: Rect
    action: Rect
    utilities: Rect
    rule: float
    desk: tuple[Rect, ...]
    shield: tuple[Rect, ...]
    sheet: Rect
    sheet_content: Rect


@dataclass(frozen=True, slots=True)
class _Plan:
    """One layout class. `bare` is where reading starts without a step bar, and what can be touched then. `lower` is the
    second part when nothing in it can be touched."""

    header: Rect
    steps: Rect
    read: Rect
    bare: float
    touch: Rect
    bare_touch: Rect
    lower: Rect
    action: Rect
    utilities: Rect
    rule: float
    desk: tuple[Rect, ...]
    action_ground: Rect
    sheet: Rect
    sheet_content: Rect


_UPRIGHT = _Plan(
    header=Rect(15, 0, 238, 22),
    steps=Rect(15, 22, 238, 28),
    read=Rect(15, 58, 238, 166),
    bare=26,
    touch=Rect(15, 238, 238, 150),
    bare_touch=Rect(15, 238, 238, 150),
    lower=Rect(15, 230, 238, 154),
    action=Rect(15, 398, 238, 30),
    utilities=Rect(15, 446, 238, 22),
    rule=438,
    desk=(Rect(0, 228, 268, 210),),
    action_ground=Rect(0, 388, 268, 50),
    sheet=Rect(0, 228, 268, 248),
    sheet_content=Rect(15, 242, 238, 146),
)
_UPRIGHT_LARGE = replace(
    _UPRIGHT,
    header=Rect(15, 0, 238, 24),
    steps=Rect(15, 0, 238, 32),
    read=Rect(15, 50, 238, 174),
    touch=Rect(15, 238, 238, 138),
    bare_touch=Rect(15, 238, 238, 138),
    lower=Rect(15, 228, 238, 150),
    action=Rect(15, 388, 238, 34),
    utilities=Rect(15, 440, 238, 26),
    rule=432,
    desk=(Rect(0, 228, 268, 204),),
    action_ground=Rect(0, 382, 268, 50),
    sheet_content=Rect(15, 240, 238, 138),
)
_LYING = _Plan(
    header=Rect(12, 0, 314, 19),
    steps=Rect(12, 16, 314, 26),
    read=Rect(12, 52, 134, 178),
    bare=22,
    touch=Rect(162, 50, 164, 142),
    bare_touch=Rect(162, 28, 164, 164),
    lower=Rect(162, 52, 164, 138),
    action=Rect(162, 199, 164, 28),
    utilities=Rect(12, 241, 314, 22),
    rule=236,
    desk=(Rect(154, 46, 184, 190),),
    action_ground=Rect(154, 192, 184, 44),
    sheet=Rect(154, 46, 184, 224),
    sheet_content=Rect(162, 56, 164, 136),
)
_LYING_LARGE = replace(
    _LYING,
    header=Rect(12, 0, 314, 22),
    steps=Rect(12, 0, 314, 28),
    read=Rect(12, 34, 154, 156),
    bare=24,
    touch=Rect(178, 34, 148, 156),
    bare_touch=Rect(178, 30, 148, 160),
    lower=Rect(178, 34, 148, 156),
    action=Rect(12, 198, 314, 30),
    utilities=Rect(12, 239, 314, 26),
    rule=234,
    desk=(Rect(170, 28, 168, 166), Rect(0, 194, 338, 40)),
    action_ground=Rect(0, 194, 338, 40),
    sheet=Rect(0, 28, 338, 242),
    sheet_content=Rect(12, 34, 314, 156),
)

LOWERED = 60.0
"""How much lower reading starts on an upright panel in low reach."""


def _lowered(plan: _Plan, touch: Rect, desk: Rect, sheet_content: Rect) -> _Plan:
    return replace(
        plan,
        header=replace(plan.header, y=LOWERED),
        steps=replace(plan.steps, y=plan.steps.y + LOWERED),
        read=replace(plan.read, y=plan.read.y + LOWERED),
        bare=plan.bare + LOWERED,
        touch=touch,
        bare_touch=touch,
        lower=plan.lower.down_from(plan.lower.y + LOWERED),
        desk=(desk,),
        sheet=Rect(0, desk.y, 268, 476 - desk.y),
        sheet_content=sheet_content,
    )


_PLANS = {
    (LayoutClass.PORTRAIT, False): _UPRIGHT,
    (LayoutClass.PORTRAIT_LARGE, False): _UPRIGHT_LARGE,
    (LayoutClass.LANDSCAPE, False): _LYING,
    (LayoutClass.LANDSCAPE_LARGE, False): _LYING_LARGE,
    (LayoutClass.PORTRAIT, True): replace(
        _lowered(_UPRIGHT, Rect(15, 300, 238, 92), Rect(0, 290, 268, 148), Rect(15, 300, 238, 92)),
        utilities=Rect(15, 444, 238, 22),
        action_ground=Rect(0, 394, 268, 44),
    ),
    (LayoutClass.PORTRAIT_LARGE, True): replace(
        _lowered(_UPRIGHT_LARGE, Rect(15, 300, 238, 90), Rect(0, 290, 268, 146), Rect(15, 296, 238, 96)),
        action=Rect(15, 396, 238, 34),
        rule=436,
        action_ground=Rect(0, 392, 268, 44),
    ),
    (LayoutClass.LANDSCAPE, True): replace(
        _LYING,
        touch=Rect(162, 100, 164, 92),
        bare_touch=Rect(162, 100, 164, 92),
        sheet_content=Rect(162, 100, 164, 92),
    ),
    (LayoutClass.LANDSCAPE_LARGE, True): replace(
        _LYING_LARGE,
        touch=Rect(178, 100, 148, 90),
        bare_touch=Rect(178, 100, 148, 90),
        sheet_content=Rect(12, 100, 314, 90),
    ),
}


def grid(look: Look, ground: Ground, *, stepped: bool, lowered: bool = True, lower_from: float | None = None) -> Grid:
    """The places of a screen. `stepped`: there is a step bar. `lowered` is false for dead ends, which have more to read
    than room and nothing to touch above the action row. `lower_from`: where the second part starts on an upright panel
    when nothing in it can be touched."""
    plan = _PLANS[look.layout, look.low_reach and lowered]
    read = plan.read if stepped else plan.read.down_from(plan.bare)
    if ground.touched:
        lower = plan.touch if stepped else plan.bare_touch
    else:
        lower = plan.lower if stepped or not look.landscape else plan.lower.down_from(plan.bare)
        if not look.landscape:
            if lower_from is not None:
                lower = lower.down_from(lower_from + (LOWERED if look.low_reach and lowered else 0))
            read = read.down_to(lower.y)
    desk, shield = _grounds(plan, ground, stepped)
    return Grid(
        header=plan.header,
        steps=plan.steps,
        read=read,
        lower=lower,
        action=plan.action,
        utilities=plan.utilities,
        rule=plan.rule,
        desk=desk,
        shield=shield,
        sheet=plan.sheet,
        sheet_content=plan.sheet_content,
    )


def _grounds(plan: _Plan, ground: Ground, stepped: bool) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    match ground:
        case Ground.DESK:
            first, *others = plan.desk
            return (first if stepped else first.down_from(min(first.y, plan.bare_touch.y - 6)), *others), ()
        case Ground.SHIELD:
            first = plan.desk[0] if stepped else plan.desk[0].down_from(min(plan.desk[0].y, plan.bare_touch.y - 6))
            return (plan.action_ground,), (first.down_to(plan.action_ground.y),)
        case Ground.ACTION:
            return (plan.action_ground,), ()
        case Ground.WHITE:
            return (), ()


def touch_room(look: Look) -> float:
    """How high the part for fingers is under a step bar, in mm."""
    return _PLANS[look.layout, look.low_reach].touch.h
