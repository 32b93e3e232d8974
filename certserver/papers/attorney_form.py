"""委任状: names who may fetch a card, and why its holder can't come. Which reasons there are, the rows of
`certserver.applications.proxy_cases` say; the paper's form is our own."""

from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS, PaperKind
from certserver.papers.model import PersonPaper
from certserver.papers.parts import ADDRESS_STEPS, NAME_STEPS, Cell
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side

_REASONS = (
    ("長く入院している", "施設に入っている", "障がいがある", "要介護・要支援の認定を受けている"),
    ("75歳以上で、外出が困難である", "妊娠している", "海外に留学している", "高校生・高専生である"),
    ("成年被後見人・被保佐人・被補助人である", "15歳未満である", "その他（下に書いてください）"),
)
_BUSY = "仕事や学校でいそがしいことだけでは、理由になりません。"


def draw_attorney(sheets: Sheets, paper: PersonPaper) -> None:
    """One sheet."""
    draw_attorney_side(sheets.face(), paper, "1／1")


def draw_attorney_side(side: Side, paper: PersonPaper, page: str) -> None:
    """Its face, as a part of whatever paper has it."""
    parts.provisional(side, "国")
    side.text(PAPERS[PaperKind.LETTER_OF_ATTORNEY].title, 105, 27, 20, Face.VALUE, align=Align.MIDDLE)
    parts.addressed(side, paper.town, None, 40)
    y = parts.heading(side, "代理人（頼まれる人）", 48)
    y = parts.table(
        side,
        y,
        (
            (13, (Cell("氏名", right=145.0), Cell("本人との関係", label_width=24))),
            (13, (Cell("住所", right=145.0), Cell("電話番号", label_width=24))),
            (10, (Cell("生年月日"),)),
        ),
    )
    lines = (
        "私は、上の人を代理人と定め、個人番号カードの交付を受けることについての権限を委任します。",
        "電子証明書の発行を申請したときは、電子証明書を受け取ることもふくみます。",
    )
    for at, line in enumerate(lines):
        side.text(line, LEFT + 2, y + 8 + at * 6.5, 11)
    y = parts.heading(side, "本人が来られない理由（あてはまるものに印を付けてください）", y + 20)
    bottom = y + 54
    side.frame(LEFT, y, RIGHT, bottom)
    for at, labels in enumerate(_REASONS):
        parts.choices(side, labels, LEFT + 3, y + 6 + at * 8, gap=5)
    side.text("くわしい理由", LEFT + 3, y + 30, 9.5)
    for at in range(2):
        side.rule(LEFT + 27, RIGHT - 4, y + 34 + at * 9)
    side.text(_BUSY, LEFT + 3, bottom - 4, 9)
    y = parts.heading(side, "委任する人（カードの持ち主）", bottom + 5)
    y = parts.table(
        side,
        y,
        (
            (13, (Cell("氏名", "name", paper.applicant.name, steps=NAME_STEPS),)),
            (13, (Cell("住所", "address", paper.applicant.address, steps=ADDRESS_STEPS),)),
            (10, (Cell("電話番号", "phone", paper.applicant.phone),)),
        ),
    )
    y = parts.signature(side, "署名又は記名押印", y + 4, 18)
    side.text("日付と署名は、委任する人が書いてください。書けないときは、代筆と押印でかまいません。", LEFT, y + 6, 9)
    parts.foot(side, "代理人の本人確認書類と、理由がわかる書類（疎明資料）もお持ちください。", page)
