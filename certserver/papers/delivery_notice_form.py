"""交付通知書（兼照会書）: tells that a card is there, with its parts on sheets of their own: 回答書, 委任状 and
暗証番号設定依頼書. What a proxy brings is the table of `certserver.applications.proxy_cases`, as of the paper's day."""

from certserver.applications.dated import in_force
from certserver.applications.proxy_cases import PROXY_ROWS, Admission, ProxyCase, ProxyRow
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.attorney_form import draw_attorney_side
from certserver.papers.kinds import PAPERS
from certserver.papers.model import PersonPaper
from certserver.papers.parts import ADDRESS_STEPS, NAME_STEPS, Cell
from certserver.papers.pin_request_form import draw_pin_request_side
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import PROXY_CASES, day_text

_SHEETS = 4
_BRING = (
    "この通知書と、2枚目の回答書（記入したもの）",
    "本人確認書類（運転免許証、旅券など。何点要るかは、窓口におたずねください）",
    "通知カード（お持ちの方。なくしたときは、窓口で紛失届を書きます）",
    "住民基本台帳カード（お持ちの方）",
    "今お持ちの個人番号カード（お持ちの方）",
)


def draw_delivery_notice(sheets: Sheets, paper: PersonPaper) -> None:
    """Four sheets."""
    _notice(sheets.face(), paper)
    _for_proxies(sheets.back(), paper)
    _reply(sheets.face(), paper)
    draw_pin_request_side(sheets.face(), paper, f"3／{_SHEETS}")
    draw_attorney_side(sheets.face(), paper, f"4／{_SHEETS}")


def _notice(side: Side, paper: PersonPaper) -> None:
    who, town = paper.applicant, paper.town
    parts.provisional(side, "国")
    side.value("address", who.address, LEFT + 5, 31, Field(92, ADDRESS_STEPS))
    right = side.value("name", who.name, LEFT + 5, 44, Field(80, NAME_STEPS))
    if who.name:
        side.text("様", right + 5, 44, 12, Face.VALUE)
    side.value("day", day_text(paper.day), RIGHT, 27, Field(60, (Step(10),)), align=Align.RIGHT)
    side.value(
        "town", f"{town.mayor_title}　{town.mayor_name}", RIGHT, 36, Field(70, NAME_STEPS[2:]), align=Align.RIGHT
    )
    parts.title(side, PAPERS[paper.kind].title, 64, 18)
    text = (
        "申請のあった個人番号カードの準備ができました。次の窓口で、ご本人がお受け取りください。\n"
        "あわせて、申請がご本人の意思によるものかを照会します。2枚目の回答書に書いてお持ちください。"
    )
    y = side.prose(text, LEFT, 73, RIGHT - LEFT, 11)
    y = parts.table(
        side,
        y + 5,
        (
            (12, (Cell("受け取る窓口", "place", town.place, steps=NAME_STEPS[1:]),)),
            (10, (Cell("受付時間", "hours", town.hours, 120.0), Cell("電話番号", "phone", town.phone, label_width=22))),
            (10, (Cell("受取期限", right=120.0), Cell("予約", label_width=22))),
            (10, (Cell("受付番号", "number", paper.reception.number),)),
        ),
    )
    y = parts.heading(side, "お持ちいただくもの", y + 8)
    bottom = y + len(_BRING) * 9 + 3
    side.frame(LEFT, y, RIGHT, bottom)
    for at, line in enumerate(_BRING):
        side.box(LEFT + 4, y + 6 + at * 9, 4.4)
        side.text(line, LEFT + 12, y + 6 + at * 9, 11)
    y = parts.heading(side, "当日、窓口で行うこと", bottom + 8)
    side.frame(LEFT, y, RIGHT, y + 27)
    text = (
        "職員が本人であることを確かめ、カードの写真と見くらべます。\n"
        "暗証番号は、ご本人が機器に入力します。難しい方は、3枚目の暗証番号設定依頼書を使います。\n"
        "来られない事情がある方は、裏面をごらんください。"
    )
    side.prose(text, LEFT + 4, y + 3, RIGHT - LEFT - 8, 10.5)
    parts.foot(side, "この通知書に、個人番号（マイナンバー）は書かれていません。", f"1／{_SHEETS}")


def _for_proxies(side: Side, paper: PersonPaper) -> None:
    parts.provisional(side, "国")
    parts.title(side, "代理の人が受け取るとき", 22.5, 16)
    text = (
        "病気、身体の障がい、その他のやむを得ない理由で窓口に来ることが難しいときは、本人が指定した人が受け取れます。"
        "15歳未満の方と成年被後見人の方は、法定代理人が受け取ります。"
    )
    y = side.prose(text, LEFT, 29, RIGHT - LEFT, 10.5)
    y += 3
    left, middle = LEFT, LEFT + 52
    side.solid(LEFT, y, RIGHT, y + 6)
    side.text("来られない理由", left + 2, y + 3, 9.5, Face.BOX_BOLD, white=True)
    side.text("理由がわかる書類（どれか1つ）", middle + 2, y + 3, 9.5, Face.BOX_BOLD, white=True)
    top, y = y, y + 6
    for row in _rows(paper):
        lines = side.lines(_papers_of(row), RIGHT - middle - 4, 9)
        height = max(7.6, 3.2 + 4.4 * len(lines))
        side.text(PROXY_CASES[row.case], left + 2, y + height / 2, 9.5)
        for at, line in enumerate(lines):
            side.text(line, middle + 2, y + height / 2 + (at - (len(lines) - 1) / 2) * 4.4, 9)
        y += height
        side.rule(LEFT, RIGHT, y)
    side.upright(top + 6, y, middle)
    side.frame(LEFT, top, RIGHT, y)
    text = (
        "このほかに、2枚目の回答書、3枚目の暗証番号設定依頼書（封をしたもの）、4枚目の委任状、本人の本人確認書類、"
        "代理の人の本人確認書類、通知カードや住民基本台帳カード（お持ちの方）が要ります。\n"
        "仕事や学校でいそがしいことだけでは、理由になりません。わからないときは、表面の窓口にお電話ください。"
    )
    side.prose(text, LEFT, y + 4, RIGHT - LEFT, 10)
    parts.foot(side, f"令和5年3月31日の事務処理要領によります（{day_text(paper.day)}現在）。")


def _rows(paper: PersonPaper) -> tuple[ProxyRow, ...]:
    """The cases that are ones on the paper's day."""
    return tuple(
        row
        for row in in_force(PROXY_ROWS, paper.day)
        if row.admission is not Admission.NO and row.case is not ProxyCase.BUSY
    )


def _papers_of(row: ProxyRow) -> str:
    """What supports a case, as it is told."""
    if row.waived_by:
        return f"{'と、'.join(support.value for support in row.waived_by)}があれば要りません"
    if not row.any_of:
        return "客観的な事情がわかるもの（窓口で決めます）"
    return "、".join(support.value for support in row.any_of)


def _reply(side: Side, paper: PersonPaper) -> None:
    parts.provisional(side, "国")
    parts.title(side, "回答書", 27, 20)
    parts.addressed(side, paper.town, None, 40)
    text = "個人番号カードの交付申請についての照会に、次のとおり回答します。"
    side.text(text, LEFT, 50, 11)
    y = parts.table(side, 57, parts.person_rows(paper.applicant))
    y = parts.heading(side, "回答（あてはまるものに印を付けてください）", y + 8)
    side.frame(LEFT, y, RIGHT, y + 46)
    for at, line in enumerate(
        (
            "個人番号カードの交付を申請したのは、私の意思によるものです。",
            "カードを受け取ります。",
            "カードの受け取りを、4枚目の委任状の代理人に頼みます。",
            "申請していません。または、カードを受け取りません。",
        )
    ):
        side.box(LEFT + 4, y + 7 + at * 10.5, 5)
        side.text(line, LEFT + 13, y + 7 + at * 10.5, 12)
    y = parts.signature(side, "署名又は記名押印", y + 54, 22)
    text = (
        "点字で書くときは、押印もしてください。枠から出ていてもかまいません。窓口で点字を読めないときは、"
        "口頭で意思を確かめるか、職員が代筆します。\n代筆のときは、本人の押印が要ります。"
    )
    side.prose(text, LEFT, y + 4, RIGHT - LEFT, 10)
    if paper.reception.number:
        side.text(f"受付番号　{paper.reception.number}", LEFT, 270, 9)
    parts.foot(side, "この用紙に、個人番号（マイナンバー）と暗証番号は書きません。", f"2／{_SHEETS}")
