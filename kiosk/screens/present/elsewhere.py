"""Before 02: where one lives or where one's koseki is, and which municipality that is."""

from kiosk.flow.elsewhere import of_prefecture, prefectures
from kiosk.flow.scenes import ChooseMunicipality, ChooseWhere
from kiosk.flow.touches import Key, MunicipalityChosen, PrefectureChosen, Pressed
from kiosk.screens.blocks import Title, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context, back
from kiosk.screens.present.frame import row_height

_ONE_LINE = 20
"""Signs of an English name that one key has room for in large letters on a lying panel."""

_TWO_LINES_MM = 42.0


def choose_where(ctx: Context, _scene: ChooseWhere) -> Body:
    """Two keys."""
    title = ctx.say("elsewhere.where.title")
    keys = (
        Control("live-here", ctx.say("elsewhere.where.live"), Pressed(Key.LIVE_HERE), icon="house"),
        Control("koseki-elsewhere", ctx.say("elsewhere.where.koseki"), Pressed(Key.KOSEKI_ELSEWHERE), icon="list"),
    )
    height = 45 if ctx.large else row_height(ctx, 33 if ctx.landscape else 42)
    return Body(
        title=title,
        voice=ctx.say("elsewhere.where.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), Words(text=ctx.say("elsewhere.where.text"), gap=5)),
        rows=tuple(
            KeyRow(keys=(key,), style=RowStyle.WIDE, height=height, columns=1, gap=5 if place else 0)
            for place, key in enumerate(keys)
        ),
        action=_waiting(ctx),
        step=1,
        cancellable=True,
    )


def choose_municipality(ctx: Context, scene: ChooseMunicipality) -> Body:
    """A list of prefectures, then of the municipalities of one."""
    key = "prefecture" if scene.prefecture is None else "municipality"
    title = ctx.say(f"elsewhere.{key}.title")
    keys = _prefecture_keys(ctx) if scene.prefecture is None else _municipality_keys(ctx, scene.prefecture)
    columns = 1 if ctx.large else 2
    long = ctx.large and ctx.landscape and any(len(each.text) > _ONE_LINE for each in keys)
    height = _TWO_LINES_MM if long else row_height(ctx, 26)
    return Body(
        title=title,
        voice=ctx.say(f"elsewhere.{key}.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), Words(text=ctx.say(f"elsewhere.{key}.text"), gap=5)),
        rows=tuple(
            KeyRow(
                keys=keys[at : at + columns],
                style=RowStyle.PLAIN,
                height=height,
                columns=columns,
                gap=4 if at else 0,
            )
            for at in range(0, len(keys), columns)
        ),
        action=_waiting(ctx),
        step=1,
        cancellable=True,
    )


def _prefecture_keys(ctx: Context) -> tuple[Control, ...]:
    english = {each.prefecture: each.prefecture_en for each in ctx.terminal.koseki_at}
    return tuple(
        Control(f"prefecture-{place}", name if ctx.japanese else english[name], PrefectureChosen(name))
        for place, name in enumerate(prefectures(ctx.terminal))
    )


def _municipality_keys(ctx: Context, prefecture: str) -> tuple[Control, ...]:
    return tuple(
        Control(
            f"municipality-{each.code}",
            each.name if ctx.japanese else each.name_en,
            MunicipalityChosen(each.code),
            spoken=each.kana if ctx.japanese else each.name_en,
        )
        for each in of_prefecture(ctx.terminal, prefecture)
    )


def _waiting(ctx: Context) -> Action:
    return Action(back=back(ctx), band=Band("", ctx.say("elsewhere.choose")))
