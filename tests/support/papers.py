"""Papers of the counter for tests: the fictional municipality, people whose names are hard to set, and how a paper is
read back."""

from datetime import date
from functools import cache
from io import BytesIO

from PIL import Image

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.permissions import NotHere, Site
from certserver.applications.places import Place, Procedure
from certserver.documents.typefaces import load_typefaces
from certserver.papers.jpeg import Jpeg, read_jpeg
from certserver.papers.kinds import PaperKind
from certserver.papers.model import ApplicationPaper, GuidancePaper, PersonPaper, Reception, Town, applicant_of
from certserver.papers.press import DrawnPaper, Paper, PaperPress, Undrawable
from tests.support.sheets import text_of
from tests.support.specimens import TSUJI, WATANABE, YOSHIDA

TOWN = Town(
    "見本市",
    "見本市長",
    "見本　太郎",
    "見本市役所1階 市民課",
    "平日 8時30分～17時15分",
    "000-000-0000",
    "Mihon-shi",
    "Mihon City Hall, 1st floor",
    "Weekdays 8:30-17:15",
)
DAY = date(2026, 6, 10)
RECEPTION = Reception("3f9c0a6be17d42588c11d0ab95e2f734", "本町郵便局", DAY)
FORM_ID = "12345678901234567890123"

USUAL = {
    "name": f"{WATANABE}　{YOSHIDA}",
    "name-kana": "ワタナベ　ヨシダ",
    "address": "見本県見本市本町一丁目2番3号",
    "born": "1980-04-01",
    "sex": "male",
    "phone": "090-0000-0000",
    "email": "kengo@mihon.example",
    "signature-kind": "handwritten",
    "intent-expressed-by": "speech",
    "intent-witness": "窓口職員",
}
BRAILLE = {
    **USUAL,
    "braille-name": "ワタナベ ヨシダ",
    "no-signing-x509": "yes",
    "photo-exception": "religion",
    "photo-exception-reason": "信仰により、ふだんからヒジャブを着用しているため",
    "signature-kind": "braille",
    "substitute-characters": "渡辺　吉田",
}
LONG = {
    **USUAL,
    "name": f"ＭＩＨＯＮ　ＦＥＲＮＡＮＤＡ　ＡＬＥＸＡＮＤＲＡ　ＧＯＮＺＡＬＥＺ　ＤＥ　ＬＡ　{TSUJI}",
    "name-kana": "ミホン　フェルナンダ　アレクサンドラ　ゴンザレス　デ　ラ　ツジ",
    "address": "見本県見本市大字見本字上見本前二千三百四十五番地の六十七　見本ニュータウン第三住宅　"
    "十二号棟一四〇五号室　見本太郎様方",
    "stay-status": "技術・人文知識・国際業務",
    "stay-until": "2028-09-30",
    "representative-name": f"ＭＩＨＯＮ　ＡＬＥＸＡＮＤＲＡ　{TSUJI}",
    "representative-relation": "母",
    "representative-address": "見本県見本市大字見本字上見本前二千三百四十五番地の六十七　見本ニュータウン第三住宅",
    "representative-phone": "090-0000-0001",
}


@cache
def press() -> PaperPress:
    """One for the process."""
    return PaperPress(load_typefaces())


def drawn(paper: Paper) -> DrawnPaper:
    """A paper that must not be refused."""
    made = press().draw(paper)
    assert isinstance(made, DrawnPaper), made
    return made


def undrawable(paper: Paper) -> Undrawable:
    """Why a paper that must be refused is."""
    made = press().draw(paper)
    assert isinstance(made, Undrawable)
    return made


def application(fields: dict[str, str], form_id: str = FORM_ID, photo: Jpeg | None = None) -> ApplicationPaper:
    """The application form of somebody."""
    return ApplicationPaper(TOWN, applicant_of(fields, "", ""), RECEPTION, fields, form_id, photo)


def jpeg(width: int = 700, height: int = 900, mode: str = "RGB") -> bytes:
    """A photo file without a person on it."""
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(file, "JPEG", progressive=mode == "RGB")
    return file.getvalue()


def photo() -> Jpeg:
    """The same, as a paper takes it."""
    read = read_jpeg(jpeg())
    assert read is not None
    return read


def about_somebody(kind: PaperKind, fields: dict[str, str] = USUAL) -> PersonPaper:
    """A paper with name and address, to fill in by hand."""
    return PersonPaper(kind, TOWN, DAY, applicant_of(fields, "", ""), RECEPTION)


def commission(
    place: Place = Place.POST_OFFICE_X509, office: str = "見本本町郵便局", *procedures: Procedure
) -> Commission:
    """An office with everything behind it but the posted notice."""
    handled = procedures or (Procedure.X509_RENEWAL, Procedure.X509_ISSUE, Procedure.PIN_CHANGE, Procedure.PIN_RESET)
    return Commission(
        since=date(2026, 4, 1),
        source="",
        confirmed=Confirmed.DESIGN,
        municipality="990001",
        office=office,
        place=place,
        procedures=frozenset(handled),
        resolution=DatedPaper("議案第12号", date(2026, 3, 1)),
        contract=DatedPaper("見本市・見本郵便 契約第3号", date(2026, 3, 10)),
    )


def guidance(*instead: Site, reason: NotHere = NotHere.NEVER_HERE) -> GuidancePaper:
    """Where to go for express issuance."""
    return GuidancePaper(TOWN, DAY, Procedure.EXPRESS, reason, instead)


def said_on(paper: Paper, page: int | None = None) -> str:
    """What pdftotext reads in the order of the file, without what it puts between characters that stand apart; on one
    page (from 1) or all."""
    options = () if page is None else ("-f", str(page), "-l", str(page))
    return "".join(text_of(drawn(paper).file, "-raw", *options).split())
