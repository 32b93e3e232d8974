"""Drawn photos and documents for the applications of a demonstration: of nobody, and nothing of it passes for real."""

from io import BytesIO

from PIL import Image, ImageDraw

_HAIR = ((50, 40, 38), (92, 70, 52), (120, 120, 124))
_COATS = ((70, 90, 120), (96, 74, 88), (74, 100, 84))


def photo(number: int = 0) -> bytes:
    """A face that nobody has, as a JPEG; others by other numbers."""
    picture = Image.new("RGB", (540, 694), (236, 240, 244))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 520, 480, 940), fill=_COATS[number % len(_COATS)])
    draw.rectangle((230, 420, 310, 560), fill=(214, 178, 152))
    draw.ellipse((150, 130, 390, 470), fill=(224, 190, 164))
    draw.chord((140, 110, 400, 400), 180, 360, fill=_HAIR[number // len(_COATS) % len(_HAIR)])
    for at in (220, 320):
        draw.ellipse((at - 12, 285, at + 12, 305), fill=(30, 30, 34))
    draw.arc((225, 330, 315, 400), 20, 160, fill=(150, 80, 80), width=6)
    return _written(picture, "JPEG")


def document(title: str) -> bytes:
    """A card without a name, marked as a sample, as a PNG."""
    picture = Image.new("RGB", (860, 540), (250, 250, 246))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 840, 520), outline=(90, 110, 140), width=6)
    draw.rectangle((60, 120, 260, 400), fill=(222, 226, 232))
    draw.text((320, 140), title, fill=(40, 50, 60), font_size=36)
    draw.text((320, 440), "SAMPLE", fill=(170, 60, 60), font_size=36)
    for at in range(3):
        draw.rectangle((320, 230 + at * 60, 760, 246 + at * 60), fill=(206, 212, 220))
    return _written(picture, "PNG")


def _written(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()
