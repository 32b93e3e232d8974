"""The back of a sheet: how to check it in plain words, room for band, detection image and seal code. No link stands
there as a code, since a forger would print his own, and no secret is asked for."""

from certserver.antiforgery.ground import BACK_FIELD_TOP, FIELD
from certserver.antiforgery.paper import Box, dots
from certserver.documents.ink import RULE, Layer
from certserver.documents.typefaces import Face
from koufu.evidence.bundle import FormBundle
from koufu.evidence.numbers import ALPHABET
from koufu.evidence.numbers import printed as printed_number

GROUND = Box(FIELD.left, BACK_FIELD_TOP, FIELD.right, FIELD.bottom)
DETECTION_FIELD = Box(FIELD.left, dots(231.9), dots(56.2), FIELD.bottom)
"""Has no ground."""

TITLE = "この証明書の確かめ方"
NOTE = "紙が2枚以上あるときは、1枚ずつ、全部を確かめてください。"
NUMBER_CHARACTERS = ALPHABET + "-"

_LEFT, _RIGHT = 15.0, 195.0
_TOP, _STRIP, _BOTTOM = 38.0, 49.0, 85.0
_COLUMN = 60.0
_OUTER = dots(0.25)
_INSET = 4.0
_TITLE_BASELINE, _NOTE_BASELINE = 45.5, 45.1
_HEADING_BASELINE, _FIRST_BASELINE, _PITCH = 55.7, 62.0, 5.1
_TITLE_SIZE, _HEADING_SIZE, _TEXT_SIZE, _NOTE_SIZE = 12.0, 10.0, 9.0, 8.5
_MICRO_SIZE, _MICRO_LOOSE = 2.9, 1.1
_MICRO_BASELINES = (15.65, 33.25)
_BAND_RULES = (16.4, 31.6)
_BAND_RULE = dots(0.12)


def columns(bundle: FormBundle) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The three ways to check a sheet: heading and five lines each."""
    checking = bundle.checking
    town = bundle.name[-1]
    return (
        (
            "スマートフォンで",
            (
                checking.web_address,
                f"（{town}のホームページからも開けます）",
                "を開き、下の四角い模様をすべて",
                "カメラに写します。出た内容が",
                "おもて面と同じか見てください。",
            ),
        ),
        (
            "スキャナーで",
            (
                "おもて面とうら面を300 dpi以上で",
                "読み取り、同じページに入れます。",
                "おもて面にちがうところがあれば、",
                "その場所を示します。模様は4つに",
                "1つまで読めなくてもかまいません。",
            ),
        ),
        (
            "電話で",
            (
                f"{checking.office}  {checking.phone}",
                checking.hours,
                "下の発行番号を伝えてください。",
                f"{town}が発行したものか答えます。",
                "暗証番号や個人番号は聞きません。",
            ),
        ),
    )


def draw_form(layer: Layer, bundle: FormBundle) -> None:
    """The box with its words, and the rules of the band."""
    left, right = dots(_LEFT), dots(_RIGHT)
    for y in _BAND_RULES:
        layer.level(left, right, dots(y), _BAND_RULE)
    layer.level(left, right, dots(_STRIP), RULE)
    for column in (1, 2):
        layer.upright(dots(_STRIP), dots(_BOTTOM), dots(_LEFT + column * _COLUMN))
    layer.frame(Box(left, dots(_TOP), right, dots(_BOTTOM)), _OUTER)
    inset = dots(_INSET)
    layer.text(Face.BOX_BOLD, TITLE, left + inset, dots(_TITLE_BASELINE), _TITLE_SIZE, bare=True)
    layer.ending(Face.BOX, NOTE, right - inset, dots(_NOTE_BASELINE), _NOTE_SIZE, bare=True)
    for column, (heading, lines) in enumerate(columns(bundle)):
        x = dots(_LEFT + column * _COLUMN + _INSET)
        numbered = f"{column + 1}  {heading}"
        layer.text(Face.BOX_BOLD, numbered, x, dots(_HEADING_BASELINE), _HEADING_SIZE, bare=True)
        room = dots(_COLUMN - 1.5 * _INSET)
        for at, line in enumerate(lines):
            scale = min(1.0, room / layer.width(Face.BOX, line, _TEXT_SIZE))
            baseline = dots(_FIRST_BASELINE + at * _PITCH)
            layer.text(Face.BOX, line, x, baseline, _TEXT_SIZE, scale=scale, bare=True)


def fill(layer: Layer, bundle: FormBundle, document_no: str) -> None:
    """The microtext above and below the band."""
    unit = f"{bundle.prefecture}{bundle.name}　{printed_number(document_no)}　"
    room = dots(_RIGHT - _LEFT)
    count = max(1, int(room / (layer.width(Face.MICRO, unit, _MICRO_SIZE) * _MICRO_LOOSE)))
    text = (unit * count)[:-1]
    tracking = (room - layer.width(Face.MICRO, text, _MICRO_SIZE)) / (len(text) - 1)
    for baseline in _MICRO_BASELINES:
        layer.text(Face.MICRO, text, dots(_LEFT), dots(baseline), _MICRO_SIZE, tracking=tracking, bare=True, mute=True)
