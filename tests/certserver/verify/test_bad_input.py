"""Whatever a file holds: a clear answer, within its time and memory, and whoever asked lives on."""

import io
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from PIL import Image

from certserver.documents.forms import compose
from certserver.verify.answers import Answers, Content, answers
from certserver.verify.confinement import CheckBroke, Confinement
from certserver.verify.judge import Reason
from certserver.verify.limits import RESIDENT_BYTES, SECONDS
from certserver.verify.pictures import MAX_BYTES, MAX_PIXELS, UnreadablePicture, pictures
from koufu.evidence.sealcode import SEAL_MAGIC
from koufu.evidence.sizes import MAX_SIDES
from tests.support import sheets
from tests.support.paper_home import recipient
from tests.support.reading import rasters
from tests.support.specimens import FOUR, PROFILE, SEAL_DOCUMENT_NO, residence_line, stamp

pytestmark = pytest.mark.xdist_group("sheets")

SHARED_BYTES = 150 * 1024 * 1024
"""Libraries and fonts, which count as resident in the system's own figure."""


@pytest.fixture
def check(tmp_path: Path) -> Confinement:
    return Confinement(recipient(tmp_path).trusted, monotonic)


@contextmanager
def bounded() -> Iterator[None]:
    """What is done meanwhile takes no longer than a check may."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS + 1


def png(side: sheets.Raster) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(side)).save(out, "PNG")
    return out.getvalue()


def said(check: Confinement, *contents: bytes) -> Answers:
    with bounded():
        return answers(check.check_bytes(contents))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, of nothing but white."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows, row = min(height, 8000), b"\0" + bytes(width * 3)
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    # After a full flush a row is packed as it would be alone: one stands for all, and only a reader has the work.
    packed = (packer.compress(row) + packer.flush(zlib.Z_FULL_FLUSH)) * rows + packer.flush()
    adler = (len(row) * rows % 65521 << 16) | 1  # of nothing but zeros
    packed = b"\x78\xda" + packed + struct.pack(">I", adler)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def pdf(body: str, *, catalog: str = "", size: str = "0 0 595 842") -> bytes:
    return (
        "%PDF-1.7\n"
        f"1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n"
        "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{size}]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(body)}>>stream\n{body}\nendstream endobj\n"
        "trailer<</Root 1 0 R>>\n"
    ).encode("ascii")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"no picture", b"%PDF-1.4\nbroken", b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)),
        *(b"GIF89a" + bytes(40), b"II*\0" + bytes(40), b"P5\n99999 99999\n255\n", b"BM" + bytes(60)),
        bomb(60_000, 60_000),
        pdf("", size="0 0 100000 100000"),
    ],
    ids=["empty", "text", "pdf", "png", "jpeg", "gif", "tiff", "ppm", "bmp", "bomb", "wide pdf"],
)
def test_a_file_that_is_no_picture_or_too_large_a_one_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        list(rasters(content))


def test_a_corrupted_picture_is_an_answer(check: Confinement) -> None:
    whole = png(sheets.sides(sheets.residence().file)[1])
    with bounded(), pytest.raises(UnreadablePicture):
        check.check_bytes([whole[: len(whole) // 3]])


def test_a_picture_as_large_as_may_be_is_looked_at_in_bounded_memory(tmp_path: Path) -> None:
    side = 8000
    assert side * side <= MAX_PIXELS
    large = tmp_path / "large.png"
    large.write_bytes(bomb(side, side))
    # By a small process of its own: a child's figure begins with that of whoever started it.
    script = (
        "import sys, resource, time; from certserver.verify.confinement import *; "
        "found = Confinement(Trusted(()), time.monotonic).check_files([open(sys.argv[1], 'rb')]); "
        "print(found.findings.verdict.value, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run([sys.executable, "-c", script, str(large)], capture_output=True, text=True, check=True).stdout
    verdict, kilobytes = told.split()
    assert verdict == "unreadable"
    assert int(kilobytes) * 1024 < RESIDENT_BYTES + SHARED_BYTES


def test_what_takes_too_long_is_ended(check: Confinement) -> None:
    # Minutes on any machine: each of them fills a whole sheet at 600 dpi.
    slow = pdf("0 0 595 842 re f " * 100_000)
    with bounded(), pytest.raises(CheckBroke):
        replace(check, seconds=2).check_bytes([slow])


def test_a_file_of_a_gigabyte_is_not_read(check: Confinement, tmp_path: Path) -> None:
    large = tmp_path / "large.tif"
    with large.open("wb") as file:
        file.truncate(1 << 30)
    with bounded(), large.open("rb") as opened, pytest.raises(UnreadablePicture, match="MB"):
        check.check_files([opened])
    assert large.stat().st_size > MAX_BYTES


def test_no_file_has_more_sides_than_a_document() -> None:
    def tiff(count: int) -> bytes:
        out = io.BytesIO()
        page = Image.new("1", (8, 8))
        page.save(out, "TIFF", save_all=True, append_images=[page] * (count - 1))
        return out.getvalue()

    assert len(pictures(tiff(MAX_SIDES))) == MAX_SIDES == 198
    with pytest.raises(UnreadablePicture, match="more than 198 pages"):
        pictures(tiff(MAX_SIDES + 1))


def test_a_pdf_with_scripts_runs_none(check: Confinement, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    script = f"app.launchURL('file://{marker}'); while(1){{}}"
    actions = f"/OpenAction<</S/JavaScript/JS({script})>>/AA<</WC<</S/Launch/F({marker})>>>>"
    assert said(check, pdf("0 0 100 100 re f", catalog=actions)).content is Content.UNREADABLE
    assert not marker.exists()


def test_codes_of_two_documents_are_told_apart(check: Confinement) -> None:
    one = sheets.sides(sheets.residence().file)
    other = sheets.sides(sheets.render(compose(residence_line(FOUR), PROFILE), stamp(SEAL_DOCUMENT_NO)).file)
    told = said(check, png(one[1]), png(other[1]))
    assert (told.content, [each.why for each in told.causes][:1]) == (Content.CONTRADICTED, [Reason.SEVERAL_DOCUMENTS])
    told = said(check, png(one[0]), png(other[1]))
    assert (told.content, [each.why for each in told.causes]) == (Content.CONTRADICTED, [Reason.FACE_OF_ANOTHER])


def test_a_code_from_another_page_breaks_the_seal_code(check: Confinement) -> None:
    first, second = (sheets.sides(sheets.large_household().file)[at].copy() for at in (1, 3))
    first[:, : first.shape[1] // 2] = second[:, : first.shape[1] // 2]
    told = said(check, png(first))
    assert (told.content, [each.why for each in told.causes]) == (Content.UNREADABLE, [Reason.BROKEN_SEAL_CODE])


def test_symbols_with_hostile_headers_are_an_answer(check: Confinement) -> None:
    tails = (b"", bytes(22), b"\xff" * 200, bytes((2, 0, 255, 255)) + bytes(100))
    told = said(check, *(png(symbols([SEAL_MAGIC + tail, b"KF\x01" + tail])) for tail in tails))
    assert (told.content, {each.why for each in told.causes}) == (Content.UNREADABLE, {Reason.BROKEN_SEAL_CODE})


def symbols(contents: Sequence[bytes]) -> sheets.Raster:
    """QR symbols beside each other, as a forger's own program makes them."""
    segno = pytest.importorskip("segno")
    page = np.full((1200, 2400), 255, dtype=np.uint8)
    left = 40
    for content in contents:
        matrix = np.array(segno.make_qr(content).matrix, dtype=np.uint8).repeat(8, axis=0).repeat(8, axis=1)
        page[40 : 40 + len(matrix), left : left + len(matrix)] = 255 - 255 * matrix
        left += len(matrix) + 60
    return page
