"""Draws the calibration sheet: a field for each ground that the printer may get, what measures need, and in plain
Japanese how to choose. Its back stays empty: what is printed there would show through a scan."""

import numpy as np
import zxingcpp

from kiosk.calibration.lettering import write
from kiosk.calibration.pdf import pages
from kiosk.calibration.plan import (
    BAR,
    CORNERS,
    DOTS_PER_MM,
    HEIGHT,
    MARK,
    MODULE,
    MODULES,
    SIDE,
    WIDTH,
    Bits,
    Field,
    Plan,
    disc_cells,
)
from koufu.ground.cells import ink

_STEPS = (
    (
        "1",
        "原本をながめる",
        (
            "腕の長さに離して見て、区画の中の",
            "丸が見えない番号をさがします。",
            "丸は番号が小さいほど薄く、大きい",
            "ほど濃く見えます。答えはその間です。",
        ),
    ),
    (
        "2",
        "コピーをとる",
        (
            "ふつうの複写機で、等倍・白黒で",
            "コピーします。丸がはっきり浮かぶ",
            "区画の地紋なら、証明書をコピーした",
            "紙に「複写」の文字が浮かびます。",
        ),
    ),
    (
        "3",
        "番号をのこす",
        (
            "原本で見えず、コピーで最もよく",
            "見える番号を、端末で実行します。",
            "koufu-kiosk calibrate",
            "  --settings FILE --choose 番号",
        ),
    ),
)

_BY_SCANNER = (
    "目で決めにくいときは、原本とコピーをそれぞれ 600 dpi・グレー・補正なしでスキャンし、測らせることもできます。",
    "　koufu-kiosk calibrate --settings FILE --original 原本の画像 --copy コピーの画像",
    "四隅の印・黒い帯・点は、測るための目印です。ひとつでも欠けたり隠れたりすると測れません。",
    "どの番号でも丸が見えるときは、いちばん目立たない番号を選びます。プリンタやトナーを替えたら、もう一度行います。",
)


def document(plan: Plan) -> bytes:
    """The sheet as a PDF of two pages, face and empty back, which a `PrintJob` of one sheet takes. Raises
    `FontMissing`."""
    return pages((face(plan), np.zeros((HEIGHT, WIDTH), dtype=np.bool_)))


def face(plan: Plan) -> Bits:
    """The face dot by dot, True for ink: (7016, 4960)."""
    sheet = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    for corner, (left, top) in CORNERS.items():
        sheet[top : top + MODULES * MODULE, left : left + MODULES * MODULE] = _code(f"{plan.name} {corner}")
    left, top, right, bottom = BAR
    sheet[top:bottom, left:right] = True
    for middle in plan.marks:
        _disc(sheet, middle)
    for field in plan.fields:
        _field(sheet, field)
    _head(sheet, plan)
    _foot(sheet, plan)
    return sheet


def _code(content: str) -> Bits:
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) == 0
    assert modules.shape == (MODULES, MODULES), "the plan's names fit a symbol of version 2"
    drawn: Bits = modules.repeat(MODULE, axis=0).repeat(MODULE, axis=1)
    return drawn


def _disc(sheet: Bits, middle: tuple[int, int]) -> None:
    x, y = middle
    reach = np.arange(-MARK, MARK) + 0.5
    sheet[y - MARK : y + MARK, x - MARK : x + MARK] |= np.hypot(reach[:, None], reach[None, :]) < MARK


def _field(sheet: Bits, field: Field) -> None:
    message = disc_cells(field.profile.cell)
    sheet[field.top : field.top + SIDE, field.left : field.left + SIDE] = ink(field.profile, ~message, message)
    baseline = field.top + SIDE + _mm(4.0)
    write(sheet, f"{field.number}", (field.left, baseline), 13, bold=True)
    write(sheet, field.profile.profile_id, (field.left + SIDE, baseline), 7, anchor="rs")


def _head(sheet: Bits, plan: Plan) -> None:
    left = CORNERS["NW"][0] + MODULES * MODULE + _mm(5)
    write(sheet, "地紋の調整シート", (left, 350), 24, bold=True)
    told = f"プリンタ {plan.dpi} dpi　区画 1～{len(plan.fields)}　丸の見えない番号をひとつ選んでください。"
    write(sheet, told, (left, 500), 10.5)
    for at, (number, title, lines) in enumerate(_STEPS):
        x = BAR[0] + at * _mm(60)
        write(sheet, number, (x, 760), 26, bold=True)
        write(sheet, title, (x + _mm(8), 752), 13, bold=True)
        for row, line in enumerate(lines):
            write(sheet, line, (x, 880 + row * _mm(4.6)), 8.5)


def _foot(sheet: Bits, plan: Plan) -> None:
    left = CORNERS["SW"][0] + MODULES * MODULE + _mm(5)
    for row, line in enumerate(_BY_SCANNER):
        write(sheet, line, (left, 6345 + row * _mm(4.6)), 7.5)
    write(sheet, plan.name, (left, 6774), 6.5)


def _mm(length: float) -> int:
    return round(length * DOTS_PER_MM)
