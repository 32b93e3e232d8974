"""The bytes of slips, read back by a reader that knows nothing of how they were made, and looked at as pictures."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printers.errors import UnreadableSlip
from printers.slips.build import debt, receipt
from printers.slips.content import Debt, Office, Receipt, ReceiptLine, Terminal
from printers.slips.encode import encode
from printers.slips.model import Align, Banner, KanjiRom, Paper, Qr, Row, Rule, Size, Slip, Space, Text
from printers.slips.picture import draw
from printers.slips.reader import PrintedDots, PrintedText, Strip, read_strips
from tests.support.slip_samples import DEBT, GUIDANCE, MIHON, RECEIPT, SLIPS

GOLDEN = Path(__file__).parent.parent / "golden" / "slips"


def _read(slip: Slip, paper: Paper = Paper.MM_58, rom: KanjiRom = KanjiRom.CP932) -> Strip:
    (strip,) = read_strips(encode(slip, paper, rom), paper.value)
    return strip


def test_kanji_go_as_shift_jis_after_fs_c_1() -> None:
    data = encode(Slip((Text("領収書 600円"),)), Paper.MM_58)
    assert data.startswith(b"\x1b@")
    assert data.index(b"\x1cC\x01") < data.index("領収書 600円".encode("cp932"))
    assert data.endswith(b"\x1dVB\x00")


def test_a_line_with_a_character_that_the_printer_lacks_is_a_raster_line_and_the_others_are_not() -> None:
    data = encode(Slip((Text("見本市"), Text("\U00020bb7野"), Text("郵便局"))), Paper.MM_58)
    (strip,) = read_strips(data, 384)
    kinds = [type(item) for item in sorted(strip.items, key=lambda item: item.y)]
    assert kinds == [PrintedText, PrintedDots, PrintedText]
    assert "野".encode("cp932") not in data


def test_a_variation_sequence_is_drawn_as_its_own_shape() -> None:
    def dots(text: str) -> np.ndarray:
        # The second character forces raster for both texts alike.
        (item,) = (item for item in _read(Slip((Text(text + "\U00020bb7"),))).items if isinstance(item, PrintedDots))
        return item.dots[:24, :24]

    assert (dots("辻\U000e0102") != dots("辻\U000e0103")).any()


def test_alignment_size_and_weight_reach_the_paper() -> None:
    strip = _read(
        Slip(
            (
                Text("左"),
                Text("中", Size.LARGE, bold=True, align=Align.CENTRE),
                Text("右", align=Align.RIGHT),
                Row("合計", "1,300円", Size.TALL, indent=2),
            )
        )
    )
    left, centre, right, label, value = (item for item in strip.items if isinstance(item, PrintedText))
    assert (left.x, left.across, left.down, left.bold) == (0, 1, 1, False)
    assert (centre.x, centre.across, centre.down, centre.bold) == ((384 - 48) // 2, 2, 2, True)
    assert right.x == 384 - 24
    assert (label.x, value.x, label.y == value.y, value.down) == (24, 384 - 7 * 12, True, 2)


def test_a_long_label_stands_above_its_value() -> None:
    strip = _read(Slip((Row("お渡しできていないおつりの残りの金額", "1,000円"),)))
    assert strip.text.splitlines()[-1].endswith("1,000円")
    assert len(strip.text.splitlines()) == 2


def test_a_qr_code_on_the_slip_is_readable() -> None:
    picture = draw(encode(SLIPS["guidance"], Paper.MM_58), Paper.MM_58)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [GUIDANCE.link]


def test_rules_and_banners_span_the_paper() -> None:
    strip = _read(Slip((Rule.THICK, Rule.DOTTED, Banner("再発行"), Space(300))))
    thick, dotted, banner = (item.dots for item in strip.items if isinstance(item, PrintedDots))
    assert thick.shape == (4, 384)
    assert thick.all()
    assert dotted[0].mean() == 0.5
    assert banner[:, 0].all()
    assert 0.05 < 1 - banner.mean() < 0.5


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("rom", KanjiRom)
@pytest.mark.parametrize("name", SLIPS)
def test_every_slip_fits_its_paper_without_overlap(name: str, paper: Paper, rom: KanjiRom) -> None:
    strip = _read(SLIPS[name], paper, rom)
    boxes = []
    for item in strip.items:
        if isinstance(item, PrintedText):
            width = 12 * item.across * len(item.text.encode("cp932"))
            boxes.append((item.y, item.x, item.y + 24 * item.down, item.x + width))
        else:
            boxes.append((item.y, item.x, item.y + item.dots.shape[0], item.x + item.dots.shape[1]))
    assert all(0 <= left < right <= paper.value for _, left, _, right in boxes)
    for above, below in pairwise(sorted(boxes)):
        assert below[0] >= above[2] or (below[0] == above[0] and below[1] >= above[3])
    assert strip.cut


def test_a_receipt_names_who_took_the_money_for_whom_and_for_what() -> None:
    text = _read(SLIPS["receipt"]).text
    for expected in (
        *("見本県見本市", "領　収　書", "見本中央郵便局", "K01-000123", RECEIPT.moment, "K-01"),
        *("住民票の写し", "300円 × 2通\t600円", "印鑑登録証明書", "300円 × 1通\t300円"),
        *("合計\t900円", "お預り\t1,000円", "おつり\t100円"),
        *RECEIPT.document_numbers,
    ):
        assert expected in text
    assert "再発行" not in text


def test_a_reprint_says_so() -> None:
    first = next(item for item in _read(SLIPS["receipt-rare"]).items if isinstance(item, PrintedDots))
    assert first.y < 40
    assert first.dots[:, 0].all()


def test_a_receipt_that_does_not_add_up_can_not_be_made() -> None:
    lines = (ReceiptLine("住民票の写し", 1, 300),)
    Receipt(MIHON, "1", "", lines, paid=1000, change=650, owed=50)
    with pytest.raises(ValueError, match="fee of a receipt"):
        Receipt(MIHON, "1", "", lines, paid=1000, change=600)


def test_money_still_owed_stands_on_the_receipt() -> None:
    text = _read(SLIPS["receipt-en"]).text
    assert "Change\t50 yen" in text
    assert "Change still owed to you\t50 yen" in text


def test_a_debt_slip_tells_amount_number_and_place() -> None:
    strip = _read(SLIPS["debt"])
    (amount,) = (item for item in strip.items if isinstance(item, PrintedText) and item.down == 3)
    assert amount.text == "12,300円"
    for expected in (DEBT.number, DEBT.office.name, DEBT.office.hours, DEBT.office.phone, MIHON.phone):
        assert expected in strip.text


def test_amounts_too_large_for_their_size_still_fit() -> None:
    debts = Debt(MIHON, "D" * 40, "", 9_999_999_999, Office("窓口", ""))
    terminal = Terminal("見" * 60, "郵" * 60, "K" * 40, "0" * 40)
    lines = (ReceiptLine("証" * 60, 99, 999_999),)
    for slip in (debt(debts), receipt(Receipt(terminal, "9" * 60, "日" * 40, lines, 98_999_901, 0))):
        for item in _read(slip).items:
            if isinstance(item, PrintedText):
                assert item.x + 12 * item.across * len(item.text.encode("cp932")) <= 384


def test_a_qr_code_too_large_for_the_paper_is_refused() -> None:
    with pytest.raises(Exception, match="does not fit"):
        encode(Slip((Qr("x" * 800),)), Paper.MM_58)


@pytest.mark.parametrize("name", SLIPS)
def test_pictures_look_as_they_did(name: str) -> None:
    """Region by region against pictures that were looked at; `KOUFU_GOLDEN=write` draws them anew."""
    picture = draw(encode(SLIPS[name], Paper.MM_58), Paper.MM_58).convert("L")
    picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    golden = GOLDEN / f"{name}.png"
    if os.environ.get("KOUFU_GOLDEN") == "write":
        picture.quantize(8).save(golden, optimize=True)
    expected = Image.open(golden).convert("L")
    assert picture.size == expected.size
    difference = np.abs(np.asarray(picture, int) - np.asarray(expected, int))
    tiles = difference[: difference.shape[0] // 16 * 16, : difference.shape[1] // 16 * 16]
    worst = tiles.reshape(tiles.shape[0] // 16, 16, -1, 16).mean(axis=(1, 3)).max()
    assert worst < 24


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b",
        b"\x1d!",
        b"\x1d!\xff",
        b"\x1b\x7f",
        b"\x1da",
        b"\x97\xcc",
        b"\x1cC\x01\x97",
        b"\x1cC\x01\xfd\xfd",
        b"\x1dv0\x00\xff\xff\xff\xff",
        b"\x1dv0\x00\x00\x00\x00\x00",
        b"\x1dv9",
        b"\x1dVx",
        b"\x07",
        b"\x1bJ\xff" * 1_000,
        b"\n" * 5_000,
        bytes(9 << 20),
    ],
)
def test_what_is_no_slip_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableSlip):
        read_strips(data, 384)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_slip_or_unreadable(data: bytes, begun: bool) -> None:
    try:
        strips = read_strips((b"\x1b@\x1cC\x01\x1bt\x01" if begun else b"") + data, 384)
    except UnreadableSlip:
        return
    assert sum(strip.height for strip in strips) >= 0


def test_half_width_kana_yen_and_wrapping_are_read_as_a_printer_does() -> None:
    (strip,) = read_strips(b"\x1bt\x01\xb1\xb2\x5c\x1bR\x08\x5c\n" + b"x" * 40 + b"\n", 384)
    assert strip.text == "ｱｲ\\¥\n" + "x" * 32 + "\n" + "x" * 8


def test_nothing_printed_is_no_picture() -> None:
    with pytest.raises(UnreadableSlip):
        draw(b"\x1b@", Paper.MM_58)
