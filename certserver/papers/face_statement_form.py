"""顔写真証明書: somebody in charge states that a photo shows a certain person. Four forms, by who states it; the words
for them are those of `certserver.applications.proxy_cases`."""

from collections.abc import Sequence

from certserver.applications.proxy_cases import Support
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS, PaperKind
from certserver.papers.model import PersonPaper
from certserver.papers.parts import Cell
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side

_MADE_BY = {
    PaperKind.FACE_HOSPITAL: Support.HOSPITAL_FACE,
    PaperKind.FACE_FACILITY: Support.FACILITY_FACE,
    PaperKind.FACE_CARE: Support.CARE_MANAGER_FACE,
    PaperKind.FACE_SUPPORT: Support.AGENCY_FACE,
}
_STANDS = {
    PaperKind.FACE_HOSPITAL: "この病院に入院しています",
    PaperKind.FACE_FACILITY: "この施設に入所しています",
    PaperKind.FACE_CARE: "居宅で介護サービスを受けています",
    PaperKind.FACE_SUPPORT: "この機関の相談・支援を受けています",
}
_Stating = tuple[str, tuple[str, ...]]
_STATING: dict[PaperKind, tuple[_Stating, ...]] = {
    PaperKind.FACE_HOSPITAL: (("病院長", ("病院の名称", "所在地", "病院長の氏名")),),
    PaperKind.FACE_FACILITY: (("施設長", ("施設の名称", "所在地", "施設長の氏名")),),
    PaperKind.FACE_CARE: (
        ("ケアマネジャー", ("所属", "氏名")),
        ("所属する事業者の長", ("事業者の名称", "所在地", "長の氏名")),
    ),
    PaperKind.FACE_SUPPORT: (
        ("公的な支援機関の職員", ("所属", "氏名")),
        ("支援機関の長", ("機関の名称", "所在地", "長の氏名")),
    ),
}
_PHOTO = (35.0, 45.0)


def draw_face_statement(sheets: Sheets, paper: PersonPaper) -> None:
    """One sheet."""
    side = sheets.face()
    parts.provisional(side, "国")
    parts.title(side, PAPERS[paper.kind].title, 26, 19)
    side.text(
        f"（{_MADE_BY[paper.kind].value}）".replace("が作成する顔写真証明書", "が作成するもの"),
        105,
        35,
        10,
        align=Align.MIDDLE,
    )
    parts.addressed(side, paper.town, None, 45)
    y = 52.0
    right = RIGHT - _PHOTO[0] - 6
    below = parts.table(side, y, parts.person_rows(paper.applicant, right))
    _photo(side, RIGHT - _PHOTO[0], y)
    y = max(below, y + _PHOTO[1] + 6) + 4
    text = "はり付けた写真は、上の人のものに相違ないことを証明します。"
    side.text(text, LEFT + 2, y, 12, Face.LABEL)
    y = parts.table(
        side,
        y + 6,
        (
            (10, (Cell("本人のようす", "", _STANDS[paper.kind], 135.0), Cell("いつから", label_width=20))),
            (10, (Cell("写真の撮影日", right=105.0), Cell("証明した日", label_width=28))),
        ),
    )
    for who, labels in _STATING[paper.kind]:
        y = _stating(side, who, labels, y + 5)
    side.text("写真は、6か月以内に撮影した、縦45mm×横35mmのものをはってください。", LEFT, y + 7, 9.5)
    side.text("証明する人は、写真と証明書の両方にかかるように印を押してください。", LEFT, y + 13, 9.5)
    parts.foot(side, f"{PAPERS[paper.kind].title}（仮の様式）。代理人が受け取るときの疎明資料として使います。", "1／1")


def _stating(side: Side, who: str, labels: Sequence[str], top: float) -> float:
    y = parts.heading(side, f"証明する人：{who}", top)
    rows = [(11.0, (Cell(label),)) for label in labels[:-1]]
    bottom = parts.table(side, y, (*rows, (11.0, (Cell(labels[-1], right=128.0), Cell("電話番号", label_width=20)))))
    return parts.signature(side, "署名又は記名押印", bottom, 13)


def _photo(side: Side, left: float, top: float) -> None:
    width, height = _PHOTO
    side.frame(left, top, left + width, top + height, 4)
    for at, line in enumerate(("写真をはる", "縦45mm×横35mm", "正面・無帽・無背景")):
        side.text(line, left + width / 2, top + 17 + at * 6, 11 if not at else 8.5, align=Align.MIDDLE)
    side.circle(left, top + height, 6, 0.15, dashed=True)
    side.text("印", left, top + height, 8, align=Align.MIDDLE)
