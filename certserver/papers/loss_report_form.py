"""紛失届: what was lost, where and when. Its fields are remembered and the form is our own."""

from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.guidance_form import FREE_DIAL
from certserver.papers.kinds import PAPERS
from certserver.papers.model import PersonPaper
from certserver.papers.parts import Cell
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT

_LOST = ("個人番号カード", "通知カード", "個人番号通知書", "住民基本台帳カード")
_HOW = ("紛失", "盗難", "焼失", "その他")
_STOP = (
    "カードの使用を止めていないときは、すぐに電話で止めてください。\n"
    "カードが見つかったときは、この届をした窓口に知らせてください。"
)


def draw_loss_report(sheets: Sheets, paper: PersonPaper) -> None:
    """One sheet."""
    side = sheets.face()
    parts.provisional(side, "国")
    parts.title(side, PAPERS[paper.kind].title, 27, 19)
    parts.addressed(side, paper.town, None, 40)
    y = parts.heading(side, "なくした方", 48)
    y = parts.table(
        side, y, (*parts.person_rows(paper.applicant), (9, (Cell("電話番号", "phone", paper.applicant.phone),)))
    )
    y = parts.heading(side, "なくしたもの（あてはまるものに印を付けてください）", y + 7)
    side.frame(LEFT, y, RIGHT, y + 22)
    parts.choices(side, _LOST, LEFT + 4, y + 6.5, gap=8)
    parts.choices(side, _HOW, LEFT + 4, y + 15.5, gap=8)
    y = parts.heading(side, "なくしたときのこと", y + 29)
    y = parts.table(
        side,
        y,
        (
            (11, (Cell("日時", right=105.0), Cell("場所", label_width=16))),
            (24, (Cell("くわしい事情"),)),
            (11, (Cell("警察への届出", right=105.0), Cell("受理番号", label_width=22))),
        ),
    )
    y = parts.heading(side, "カードの一時停止", y + 7)
    side.frame(LEFT, y, RIGHT, y + 30)
    parts.choices(side, ("電話で止めた", "まだ止めていない"), LEFT + 4, y + 6.5, gap=10)
    dial = f"マイナンバー総合フリーダイヤル　{FREE_DIAL}"
    side.text(dial, RIGHT - 4, y + 6.5, 11.5, Face.BOX_BOLD, align=Align.RIGHT)
    side.prose(_STOP, LEFT + 4, y + 12, RIGHT - LEFT - 8, 10.5)
    y = parts.heading(side, "届け出る方", y + 37)
    y = parts.table(
        side,
        y,
        ((11, (Cell("氏名", right=120.0), Cell("本人との関係", label_width=26))),),
    )
    parts.signature(side, "署名又は記名押印", y, 15)
    parts.foot(side, f"{PAPERS[paper.kind].title}（仮の様式）。この用紙に、個人番号と暗証番号は書きません。", "1／1")
