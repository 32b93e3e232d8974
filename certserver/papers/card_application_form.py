"""交付申請書: where what it says stands. The order of its fields is our own: the official form was remembered, not
read, and so the paper says that it is provisional."""

from datetime import date
from itertools import pairwise

from certserver.applications.form import is_yes
from certserver.documents.eras import PAD, western_date
from certserver.documents.fitting import Field, Step
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.kinds import PAPERS
from certserver.papers.model import ApplicationPaper
from certserver.papers.parts import (
    ADDRESS_STEPS,
    INSET,
    KANA_STEPS,
    LINE_STEPS,
    LINES_STEPS,
    LOW_NAME_STEPS,
    NAME_STEPS,
    cell,
)
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side
from certserver.papers.words import EXPRESS, EXPRESSED, OCCASIONS, PHOTO_EXCEPTIONS, SIGNATURES, braille_signs, day_text
from koufu.applying.letters import BRAILLE_CELLS

FORM_ID_DIGITS = 23
_TABLE_RIGHT = 154.0
_PHOTO_LEFT, _PHOTO_TOP = 158.5, 51.5
_PHOTO_SIZE = (35.0, 45.0)
_ONE = (Step(11),)

X509_NOTE = "発行を希望しないときだけ、□を黒くぬりつぶします。空欄のときは発行されます。"
X509_AGE_NOTE = "署名用電子証明書は、15歳未満の方と成年被後見人の方には発行されません。"
NO_SECRETS = "この用紙に、個人番号（マイナンバー）と暗証番号は書きません。"


def draw_application(sheets: Sheets, paper: ApplicationPaper) -> None:
    """One sheet."""
    side = sheets.face()
    _head(side, paper)
    _person(side, paper)
    _photo(side, paper)
    _stay_and_names(side, paper)
    _x509s(side, paper)
    _wishes(side, paper)
    _signature(side, paper)
    _representative(side, paper)
    _reception(side, paper)
    parts.foot(side, f"{NO_SECRETS}　　個人番号カード交付申請書（仮の様式）", "1／1")


def _head(side: Side, paper: ApplicationPaper) -> None:
    parts.provisional(side, "国")
    parts.title(side, PAPERS[paper.kind].title, 23.5, 15.5)
    side.text("（宛先）", LEFT, 32.5, 9.5)
    side.value("town", paper.town.mayor_title, LEFT + 16, 32.5, Field(80, LINE_STEPS))
    side.text("申請日", 141, 32.5, 9.5)
    _date(side, "day", day_text(paper.reception.day), 154, 32.5)
    side.text("申請書ID", LEFT, 41.5, 9.5)
    left, width = LEFT + 18, 5.2
    side.frame(left, 38, left + FORM_ID_DIGITS * width, 45, 5)
    for at in range(1, FORM_ID_DIGITS):
        side.upright(38, 45, left + at * width)
    for at, digit in enumerate(paper.form_id[:FORM_ID_DIGITS]):
        side.text(digit, left + (at + 0.5) * width, 41.5, 12, Face.NUMBER, align=Align.MIDDLE)
    if len(paper.form_id) > FORM_ID_DIGITS:
        side.misfit("form-id")
    if not paper.form_id:
        side.text("承認の後に決まります", left + FORM_ID_DIGITS * width + INSET, 41.5, 8)


def _person(side: Side, paper: ApplicationPaper) -> None:
    who = paper.applicant
    edges = (49.5, 56.5, 70.5, 84.5, 92.5, 100.5)
    side.frame(LEFT, edges[0], _TABLE_RIGHT, edges[-1])
    for y in edges[1:-1]:
        side.rule(LEFT, _TABLE_RIGHT, y)
    rows = list(pairwise(edges))
    whole = [(LEFT, top, _TABLE_RIGHT, bottom) for top, bottom in rows]
    cell(side, "フリガナ", "name-kana", who.kana, whole[0], KANA_STEPS)
    cell(side, "氏名", "name", who.name, whole[1], NAME_STEPS)
    cell(side, "住所", "address", who.address, whole[2], ADDRESS_STEPS)
    top, bottom = rows[3]
    cell(side, "生年月日", "born", day_text(who.born, western=who.foreign), (LEFT, top, 112, bottom))
    side.upright(top, bottom, 112)
    cell(side, "性別", "sex", who.sex, (112, top, _TABLE_RIGHT, bottom), label_width=18)
    top, bottom = rows[4]
    cell(side, "電話番号", "phone", who.phone, (LEFT, top, 88, bottom))
    side.upright(top, bottom, 88)
    email = paper.fields.get("email", "")
    cell(side, "メール", "email", email, (88, top, _TABLE_RIGHT, bottom), label_width=14, size=8.5)


def _photo(side: Side, paper: ApplicationPaper) -> None:
    width, height = _PHOTO_SIZE
    left, top = _PHOTO_LEFT, _PHOTO_TOP
    middle = left + width / 2
    side.frame(left - 0.2, top - 0.2, left + width + 0.2, top + height + 0.2, 5)
    if not paper.photo_wanted:
        side.text("写真は不要です", middle, top + height / 2 - 3, 10, Face.BOX, align=Align.MIDDLE)
        side.text("（1歳未満）", middle, top + height / 2 + 3, 9, Face.BOX, align=Align.MIDDLE)
    elif paper.photo is not None:
        side.picture(paper.photo, left, top, width, height)
    else:
        for at, line in enumerate(("写真", "縦45mm×横35mm", "6か月以内に撮影", "正面・無帽・無背景")):
            side.text(line, middle, top + 14 + at * 5.5, 12 if not at else 8.5, Face.LABEL, align=Align.MIDDLE)
    side.text("顔写真", middle, top + height + 2.6, 8, align=Align.MIDDLE)


def _stay_and_names(side: Side, paper: ApplicationPaper) -> None:
    top, bottom = 103.5, 129.5
    side.frame(LEFT, top, RIGHT, bottom)
    fields = paper.fields
    until = fields.get("stay-until", "")
    row = (LEFT, top, 105.0, 111.5)
    cell(side, "在留資格", "stay-status", fields.get("stay-status", ""), row)
    side.upright(top, 111.5, 105)
    row = (105.0, top, RIGHT, 111.5)
    cell(side, "在留期間等の満了日", "stay-until", _western(until), row, label_width=33, size=8.5)
    side.rule(LEFT, RIGHT, 111.5)
    row = (LEFT, 111.5, 116.0, 119.5)
    cell(side, "代替文字", "substitute-characters", fields.get("substitute-characters", ""), row, LINES_STEPS)
    side.upright(111.5, 119.5, 116)
    occasion, ground = fields.get("occasion", ""), fields.get("express-ground", "")
    told = [OCCASIONS.get(occasion, occasion), f"特急（{EXPRESS.get(ground, ground)}）" if ground else ""]
    row = (116.0, 111.5, RIGHT, 119.5)
    cell(side, "申請の区分", "occasion", "　".join(filter(None, told)), row, LINES_STEPS, label_width=22)
    side.rule(LEFT, RIGHT, 119.5)
    _braille(side, fields.get("braille-name", ""), 119.5, bottom)


def _braille(side: Side, name: str, top: float, bottom: float) -> None:
    centre = (top + bottom) / 2
    side.upright(top, bottom, LEFT + 28)
    side.label("点字表記", LEFT + 1.6, LEFT + 26.4, centre, 9)
    side.box(LEFT + 31, centre, 4, ticked=bool(name))
    side.text("希望する", LEFT + 37, centre, 9.5)
    left, width = 76.0, 7.0
    side.frame(left, top + 1.4, left + BRAILLE_CELLS * width, bottom - 1.4, 5)
    for at in range(1, BRAILLE_CELLS):
        side.upright(top + 1.4, bottom - 1.4, left + at * width)
    cells = braille_signs(name)
    if len(cells) > BRAILLE_CELLS:
        side.misfit("braille-name")
        return
    room = Field(width, (Step(12), Step(10)))
    for at, text in enumerate(cells):
        side.value("braille-name", text, left + (at + 0.5) * width, centre, room, align=Align.MIDDLE)
    side.text("11マスまで", left + BRAILLE_CELLS * width + INSET, centre - 1.8, 7.5)
    side.text("濁点・半濁点も1マス", left + BRAILLE_CELLS * width + INSET, centre + 1.8, 7.5)


def _x509s(side: Side, paper: ApplicationPaper) -> None:
    top = parts.heading(side, "電子証明書の発行", 132.5)
    bottom = 154.3
    side.frame(LEFT, top, RIGHT, bottom)
    side.text(X509_NOTE, LEFT + INSET + 1, top + 3.6, 9)
    for left, field, label in (
        (LEFT + 6, "no-signing-x509", "署名用電子証明書"),
        (LEFT + 92, "no-user-auth-x509", "利用者証明用電子証明書"),
    ):
        side.box(left, top + 8.6, 4.4, filled=is_yes(paper.fields, field))
        side.text(f"{label}の発行を希望しない", left + 7, top + 8.6, 10)
    side.text(X509_AGE_NOTE, LEFT + INSET + 1, top + 13, 8)


def _wishes(side: Side, paper: ApplicationPaper) -> None:
    fields = paper.fields
    top, bottom = 156.5, 174.5
    middle = (top + bottom) / 2
    side.frame(LEFT, top, RIGHT, bottom)
    side.rule(LEFT, RIGHT, middle)
    category = fields.get("photo-exception", "")
    reason = fields.get("photo-exception-reason", "")
    told = "　".join(each for each in (PHOTO_EXCEPTIONS.get(category, category), reason) if each)
    cell(side, "写真の例外の理由", "photo-exception-reason", told, (LEFT, top, RIGHT, middle), LINES_STEPS)
    expressed = fields.get("intent-expressed-by", "")
    row = (LEFT, middle, 115, bottom)
    cell(side, "申請の意思の確認", "intent-expressed-by", EXPRESSED.get(expressed, expressed), row, LINES_STEPS)
    side.upright(middle, bottom, 115)
    witness = fields.get("intent-witness", "")
    cell(side, "確認した者", "intent-witness", witness, (115, middle, RIGHT, bottom), LINES_STEPS, label_width=22)


def _signature(side: Side, paper: ApplicationPaper) -> None:
    top = parts.heading(side, "申請者の署名又は記名押印", 177.5)
    bottom = 207.0
    side.frame(LEFT, top, RIGHT, bottom)
    side.text("上記のとおり、個人番号カードの交付（と電子証明書の発行）を申請します。", LEFT + INSET + 1, top + 4, 9.5)
    kind = paper.fields.get("signature-kind", "")
    for at, (word, label) in enumerate(SIGNATURES.items()):
        left = LEFT + 4 + at * 30
        side.box(left, bottom - 4.2, 3.6, ticked=kind == word)
        side.text(label, left + 5.4, bottom - 4.2, 9)
    side.text("氏名", LEFT + 4, 194, 9.5)
    side.rule(LEFT + 15, 168, 199.2)
    if kind == "printed-name":
        side.value("name", paper.applicant.name, LEFT + 17, 194, Field(132, NAME_STEPS))
    side.circle(181, 195, 9, 0.15, dashed=True)
    side.text("印", 181, 195, 9, align=Align.MIDDLE)


def _representative(side: Side, paper: ApplicationPaper) -> None:
    fields = paper.fields
    top = parts.heading(side, "法定代理人（15歳未満の方、成年被後見人の方）", 210.0)
    first, second, bottom = top + 9.5, top + 19.0, top + 30.0
    side.frame(LEFT, top, RIGHT, bottom)
    side.rule(LEFT, RIGHT, first)
    side.rule(LEFT, RIGHT, second)
    name = fields.get("representative-name", "")
    relation = fields.get("representative-relation", "")
    cell(side, "氏名", "representative-name", name, (LEFT, top, 140, first), LOW_NAME_STEPS)
    side.upright(top, first, 140)
    row = (140, top, RIGHT, first)
    cell(side, "関係", "representative-relation", relation, row, LINES_STEPS, label_width=16)
    address = fields.get("representative-address", "")
    phone = fields.get("representative-phone", "")
    cell(side, "住所", "representative-address", address, (LEFT, first, 140, second), ADDRESS_STEPS[1:])
    side.upright(first, second, 140)
    cell(side, "電話", "representative-phone", phone, (140, first, RIGHT, second), label_width=16)
    side.upright(second, bottom, LEFT + 28)
    side.label("署名又は記名押印", LEFT + 1.6, LEFT + 26.4, (second + bottom) / 2, 9)
    side.circle(185, (second + bottom) / 2, 4.6, 0.15, dashed=True)
    side.text("印", 185, (second + bottom) / 2, 8, align=Align.MIDDLE)


def _reception(side: Side, paper: ApplicationPaper) -> None:
    reception = paper.reception
    top = parts.heading(side, "受付欄（書かないでください）", 249.0)
    middle, bottom = top + 8.5, top + 17.0
    side.frame(LEFT, top, RIGHT, bottom)
    side.rule(LEFT, RIGHT, middle)
    cell(side, "受付市区町村", "town", paper.town.name, (LEFT, top, 88, middle))
    side.upright(top, middle, 88)
    cell(side, "受付場所", "office", reception.office, (88, top, RIGHT, middle), LINES_STEPS, label_width=20)
    cell(side, "受付番号", "number", reception.number, (LEFT, middle, 130, bottom))
    side.upright(middle, bottom, 130)
    day = day_text(reception.day)
    cell(side, "受付日", "day", day, (130, middle, RIGHT, bottom), label_width=20)


def _date(side: Side, name: str, text: str, left: float, centre: float) -> None:
    """A day, or room to write one."""
    if text:
        side.value(name, text, left, centre, Field(RIGHT - left, LINE_STEPS))
    else:
        side.text("年　　月　　日", RIGHT, centre, 10, align=Align.RIGHT)


def _western(told: str) -> str:
    """A day of a residence card, which tells it in the Western calendar; what is no day, as it was told."""
    try:
        return western_date(date.fromisoformat(told)).replace(PAD, "")
    except ValueError:
        return told
