"""Pictures that come in and files that go out: always within the bounds, or with the reason why not."""

import io
import struct
import zlib
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware.camera.model import Pixels
from hardware.camera.person import Person, draw, truth
from kiosk.photo.crop import Crop, Head, crop_around, head_of
from kiosk.photo.encode import CantEncode, Photo, encode
from kiosk.photo.intake import MOST_BYTES, MOST_PIXELS, MOST_SCANS, Unreadable, read
from koufu.photo.measures import FILE_BYTES, FILE_SIDE

ORIENTATION = 0x0112


@cache
def picture(wide: int = 1280, high: int = 960) -> Pixels:
    return draw(Person(head=0.6), wide, high, 1)


def file_of(pixels: Pixels, kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(out, kind, **options)
    return out.getvalue()


def cut(wide: int = 1280, high: int = 960) -> Crop:
    head = head_of(truth(Person(head=0.6), wide, high))
    assert head is not None
    crop = crop_around(head, wide, high)
    assert isinstance(crop, Crop)
    return crop


def check(photo: Photo) -> None:
    """Held against Pillow's own reading of the file, and against every marker in it."""
    assert FILE_BYTES[0] <= len(photo.file) <= FILE_BYTES[1]
    opened = Image.open(io.BytesIO(photo.file))
    opened.load()
    assert (opened.format, opened.mode, opened.size) == ("JPEG", "RGB", (photo.width, photo.height))
    assert FILE_SIDE[0] <= min(opened.size)
    assert max(opened.size) <= FILE_SIDE[1]
    assert opened.width * 45 == opened.height * 35
    assert not opened.getexif()
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_keeps_every_bound() -> None:
    photo = encode(picture(), cut())
    assert isinstance(photo, Photo)
    check(photo)
    assert "JFIF" not in repr(photo), "no picture in a repr"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 2500),
    st.integers(1, 2500),
    st.floats(-50, 2500),
    st.floats(1, 2500),
    st.floats(-50, 2500),
    st.sampled_from(["flat", "noise", "gradient"]),
)
def test_what_comes_out_fits_or_says_why_not(
    wide: int, high: int, crown: float, height: float, middle: float, kind: str
) -> None:
    crop = crop_around(Head(crown, crown + height + 1e-6, middle), wide, high)
    if not isinstance(crop, Crop):
        return
    if kind == "noise":
        pixels = np.random.default_rng(wide).integers(0, 256, (high, wide, 3), dtype=np.uint8)
    elif kind == "gradient":
        pixels = np.broadcast_to(np.linspace(0, 255, wide, dtype=np.uint8)[None, :, None], (high, wide, 3)).copy()
    else:
        pixels = np.full((high, wide, 3), 128, np.uint8)
    photo = encode(pixels, crop)
    if isinstance(photo, Photo):
        check(photo)
    else:
        assert photo is CantEncode.BYTES


def test_an_empty_picture_is_not_padded_to_size() -> None:
    assert encode(np.full((960, 1280, 3), 200, np.uint8), cut()) is CantEncode.BYTES


def test_the_finest_noise_still_fits() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2000, 1600, 3), dtype=np.uint8)
    photo = encode(noise, Crop(20, 20, 1400, 1800, 34, 4))
    assert isinstance(photo, Photo)
    check(photo)


def test_a_photo_is_never_enlarged_and_never_cut_beyond_the_picture() -> None:
    assert encode(picture(), Crop(0, 0, 489, 489 * 45 / 35, 34, 4)) is CantEncode.TOO_SMALL
    assert isinstance(encode(picture(), Crop(0, 0, 490, 630, 34, 4)), Photo)
    for outside in (Crop(-1, 0, 490, 630, 34, 4), Crop(0, 331, 490, 630, 34, 4), Crop(791, 0, 490, 630, 34, 4)):
        assert encode(picture(), outside) is CantEncode.OUTSIDE
    nowhere = float("nan")
    assert encode(picture(), Crop(nowhere, nowhere, nowhere, nowhere, 34, 4)) is CantEncode.OUTSIDE


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_file_is_read_and_black_and_white_is_allowed(kind: str) -> None:
    colour = read(file_of(picture(), kind))
    assert isinstance(colour, np.ndarray)
    assert np.abs(colour.astype(int) - picture()).mean() < 3
    grey = read(file_of(picture(), kind, "L"))
    assert isinstance(grey, np.ndarray)
    assert grey.shape == picture().shape


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_and_then_gone(orientation: int) -> None:
    held = {1: 0, 3: 2, 6: 1, 8: 3}
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "a maker of telephones"
    pixels = read(file_of(picture(), exif=exif))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape[:2] == ((1280, 960) if orientation >= 5 else (960, 1280))
    if orientation in held:
        upright = np.rot90(picture(), -held[orientation])
        assert np.abs(pixels.astype(int) - upright).mean() < 3
    photo = encode(pixels, Crop(0, 0, 490, 630, 34, 4))
    assert isinstance(photo, Photo)
    check(photo)
    assert b"telephones" not in photo.file


def with_exif(payload: bytes) -> bytes:
    file = file_of(picture(320, 240))
    return file[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + file[2:]


@pytest.mark.parametrize(
    "payload",
    [
        b"Exif\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 60,
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\xff\0\0\0\0\0\0\0",
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\xff\xff\xff\x7f\x08\0\0\0\x08\0\0\0",
        b"Exif\0\0" + bytes(range(256)) * 8,
        b"http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation='9999999999999999999999'/>",
    ],
)
def test_garbage_in_exif_is_no_orientation(payload: bytes) -> None:
    pixels = read(with_exif(payload))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape == (240, 320, 3)


@given(st.binary(max_size=200))
def test_any_exif_at_all_is_survived(payload: bytes) -> None:
    read(with_exif(b"Exif\0\0" + payload))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_no_picture(kind: str, share: float) -> None:
    file = file_of(picture(320, 240), kind)
    assert read(file[: int(len(file) * share)]) in (Unreadable.BROKEN, Unreadable.NOT_A_PICTURE)


@settings(max_examples=80)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40), st.sampled_from(["JPEG", "PNG"]))
def test_a_damaged_file_is_a_picture_or_a_reason(at: int, damage: bytes, kind: str) -> None:
    file = file_of(picture(320, 240), kind)
    read(file[:at] + damage + file[at + len(damage) :])


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", Unreadable.NOT_A_PICTURE),
        (b"\xff\xd8\xff", Unreadable.NOT_A_PICTURE),
        (b"GIF89a" + bytes(50), Unreadable.NOT_A_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0", Unreadable.NOT_A_PICTURE),
        (b"\xff\xd8" + bytes(MOST_BYTES), Unreadable.TOO_MANY_BYTES),
    ],
)
def test_what_is_no_picture(file: bytes, why: Unreadable) -> None:
    assert read(file) is why


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("PNG", "I;16")]
)
def test_other_colours_than_rgb_and_grey_are_refused(kind: str, mode: str) -> None:
    assert read(file_of(picture(320, 240), kind, mode)) is Unreadable.NOT_RGB


def test_a_transparent_colour_is_refused() -> None:
    assert read(file_of(picture(320, 240), "PNG", transparency=(1, 2, 3))) is Unreadable.NOT_RGB


def png_of(wide: int, high: int) -> bytes:
    """A PNG that says it is so large and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [(MOST_PIXELS, 2), (30_000, 30_000), (2**31 - 1, 2**31 - 1), (1, MOST_PIXELS + 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(side: tuple[int, int]) -> None:
    assert read(png_of(*side)) in (Unreadable.TOO_MANY_PIXELS, Unreadable.NOT_A_PICTURE)


def test_a_jpeg_of_very_many_passes_is_refused() -> None:
    progressive = file_of(picture(320, 240), progressive=True)
    assert isinstance(read(progressive), np.ndarray)
    scan = progressive.rindex(b"\xff\xda")
    again = progressive[scan:-2]
    assert read(progressive[:-2] + again * MOST_SCANS + b"\xff\xd9") is Unreadable.NOT_A_PICTURE
