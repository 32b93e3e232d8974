"""暗証番号設定依頼書: boxes for PINs that the holder writes by hand and seals. Nothing ever fills them in, and the
paper is never scanned (I11)."""

from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS, PaperKind
from certserver.papers.model import PersonPaper
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side

_ROW = 20.0
_BOX = 9.0
_SIGNING_BOX = 7.6

_FOUR = "数字4けた"
_PINS = (
    ("1", "署名用電子証明書", "英大文字（A～Z）と数字を組み合わせて、6文字以上16文字まで", 16),
    ("2", "利用者証明用電子証明書", _FOUR, 4),
    ("3", "住民基本台帳用", _FOUR, 4),
    ("4", "券面事項入力補助用", _FOUR, 4),
)
_ADVICE = (
    "・1は、英字と数字をどちらも1文字以上使います。英字の小文字や記号は使えません。",
    "・2、3、4は、同じ番号にできます。",
    "・生年月日、電話番号、「1111」や「1234」のような、人に知られやすい番号はさけてください。",
    "・数字の０（ゼロ）と英字のＯ（オー）、数字の１（イチ）と英字のＩ（アイ）は、はっきり書き分けてください。",
    "・控えは、この用紙の写しではなく、ご自分で書いてください。カードと別のところにしまってください。",
)
SEALED = "書き終えたら、人に見えないように封筒に入れ、のりで封をして渡してください。"


def draw_pin_request(sheets: Sheets, paper: PersonPaper) -> None:
    """One sheet."""
    draw_pin_request_side(sheets.face(), paper, "1／1")


def draw_pin_request_side(side: Side, paper: PersonPaper, page: str) -> None:
    """Its face, as a part of whatever paper has it."""
    parts.provisional(side, "国")
    parts.title(side, PAPERS[PaperKind.PIN_REQUEST].title, 25)
    parts.addressed(side, paper.town, None, 37)
    text = "個人番号カードに設定する暗証番号を、次のとおり依頼します。暗証番号は、職員が封を開けて設定します。"
    side.text(text, LEFT, 46, 10.5)
    y = parts.table(side, 51, parts.person_rows(paper.applicant))
    y += 5
    for number, what, how, count in _PINS:
        _pin(side, y, (number, what, how, count))
        y += _ROW + (4 if count > 4 else 0)
    y += 2
    for line in _ADVICE:
        side.text(line, LEFT + 1, y, 9.5)
        y += 5.6
    y += 2
    side.frame(LEFT, y, RIGHT, y + 11)
    side.text(SEALED, LEFT + 4, y + 5.5, 12, Face.BOX_BOLD)
    y = parts.signature(side, "署名又は記名押印", y + 16)
    _number(side, paper, y + 7)
    parts.foot(side, "この用紙は、複写も読み取りもしません。設定が終わった後に、この用紙を処分します。", page)


def _pin(side: Side, top: float, pin: tuple[str, str, str, int]) -> None:
    number, what, how, count = pin
    side.text(number, LEFT + 1, top + 9, 20, Face.BOX_BOLD)
    side.text(what, LEFT + 10, top + 3, 11.5, Face.BOX_BOLD)
    if count > 4:
        side.text(how, LEFT + 58, top + 3, 9.5)
        left, width = LEFT + 10, _SIGNING_BOX
    else:
        side.text(how, LEFT + 10, top + 10.5, 9.5)
        left, width = LEFT + 66, _BOX
    up = top + (6.5 if count > 4 else 5)
    down = up + width * 1.2
    side.frame(left, up, left + count * width, down)
    for at in range(1, count):
        thick = at == 6 and count > 4
        side.upright(up, down, left + at * width, 6 if thick else 2)
    if count > 4:
        side.text("6文字目までは、必ず書きます", left, down + 2.2, 7.5)


def _number(side: Side, paper: PersonPaper, centre: float) -> None:
    if paper.reception.number:
        side.text(f"受付番号　{paper.reception.number}", LEFT, centre, 9)
