"""The test print of the morning: one sheet, face and back, marked 見本, with what there is to look at. It holds nothing
of anybody."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from printers.fonts import Face, font_path

DPI = 200
WIDTH, HEIGHT = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)
MARGIN = round(15 / 25.4 * DPI)
STEPS = 8
WHITE, BLACK = 255, 0


def sample(moment: str, terminal: str) -> bytes:
    """A PDF of one sheet: frame, grey steps, fine lines and sizes of type, 見本 across."""
    faces = [_side("表", moment, terminal), _side("裏", moment, terminal)]
    written = BytesIO()
    faces[0].save(written, "PDF", resolution=DPI, save_all=True, append_images=faces[1:])
    return written.getvalue()


def _side(side: str, moment: str, terminal: str) -> Image.Image:
    page = Image.new("L", (WIDTH, HEIGHT), WHITE)
    draw = ImageDraw.Draw(page)
    draw.rectangle((MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN), outline=BLACK, width=4)
    top = 2 * MARGIN
    for step in range(STEPS):
        left = 2 * MARGIN + step * 150
        grey = WHITE - step * WHITE // (STEPS - 1)
        draw.rectangle((left, top, left + 140, top + 140), fill=grey, outline=BLACK)
    for line in range(30):
        y = top + 200 + line * (2 + line // 6)
        draw.line((2 * MARGIN, y, WIDTH - 2 * MARGIN, y), fill=BLACK, width=1)
    y = top + 420
    for size in (20, 28, 40, 56):
        draw.text((2 * MARGIN, y), "試し刷り　郵便局　鬱　0123456789", font=_font(size), fill=BLACK)
        y += size + 24
    big = _font(560, Face.GOTHIC_BOLD)
    draw.text((WIDTH / 2, HEIGHT * 0.56), "見本", font=big, fill=150, anchor="mm")
    small = _font(36)
    draw.text((2 * MARGIN, HEIGHT - 2 * MARGIN - 120), f"試し刷り（{side}）　効力はありません", font=small, fill=BLACK)
    draw.text((2 * MARGIN, HEIGHT - 2 * MARGIN - 60), f"{moment}　{terminal}", font=small, fill=BLACK)
    return page


def _font(size: int, face: Face = Face.GOTHIC) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_path(face), size)
