"""What is told to people, in Japanese and English: each sentence says what was found and what to do. No sentence calls
a paper genuine."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from certserver.verify.answers import Content, Trouble, Why
from certserver.verify.compare import Poor
from certserver.verify.faces import NotCompared
from certserver.verify.ground_seen import SheetLook
from certserver.verify.judge import Reason
from certserver.verify.status import DocumentStanding
from koufu.evidence.content import REGISTERED_SEAL
from koufu.evidence.words import CertificateKind


class Tongue(Enum):
    """The language of words."""

    JAPANESE = "ja"
    ENGLISH = "en"


class Words(NamedTuple):
    """A sentence in both."""

    ja: str
    en: str

    def told(self, tongue: Tongue) -> str:
        """In one of them."""
        return self.ja if tongue is Tongue.JAPANESE else self.en


CONTENT: Mapping[Content, Words] = {
    Content.AS_ISSUED: Words(
        "発行されたとおりです。おもて面とうら面をすべて照合し、ちがいはありませんでした。",
        "As issued: every face was compared with its back, and nothing differs.",
    ),
    Content.BACK_VALID: Words(
        "うら面の署名は有効です。おもて面は照合していません。下の内容とおもて面を見比べてください。",
        "The back is signed and valid; the face was not compared. Hold the content below against the face.",
    ),
    Content.FACE_ONLY: Words(
        "おもて面だけでは確かめられません。うら面も読み取ってください。",
        "A face alone says nothing: show the back too.",
    ),
    Content.ALTERED: Words(
        "おもて面に、発行されたときとちがうところがあります。受け取らず、発行した市区町村に問い合わせてください。",
        "The face differs from what was issued. Do not accept it; ask the municipality.",
    ),
    Content.CONTRADICTED: Words(
        "読み取ったものが、たがいに合いません。受け取らず、発行した市区町村に問い合わせてください。",
        "What was shown does not hold together. Do not accept it; ask the municipality.",
    ),
    Content.UNKNOWN_SIGNER: Words(
        "だれが署名したものか分かりません。新しいトラストリストでも同じときは、市区町村に問い合わせてください。",
        "Nobody in the trust list signed this. If the newest list says the same, ask the municipality.",
    ),
    Content.UNREADABLE: Words(
        "読み取れなかったため、何も言えません。下の理由を見て、もう一度読み取ってください。",
        "Too little could be read to say anything. See the reasons, and show it again.",
    ),
}

SHEET: Mapping[SheetLook, Words] = {
    SheetLook.ORIGINAL: Words(
        "地紋は、複写する前の紙のように見えます。見た目であり、証明ではありません。",
        "The ground looks like that of a sheet that was not copied. It is a sign, not a proof.",
    ),
    SheetLook.COPY: Words(
        "複写のように見えます。原本を見せてもらってください。",
        "It looks like a copy. Ask for the sheet itself.",
    ),
    SheetLook.CANT_TELL: Words(
        "複写かどうか、この画像からは分かりません。",
        "Whether it is a copy can't be told from these pictures.",
    ),
}

STATUS: Mapping[DocumentStanding, Words] = {
    DocumentStanding.ISSUED: Words("発行の記録があります。", "The ledger has it as issued."),
    DocumentStanding.SPOILED: Words(
        "印刷に失敗した紙として記録されています。受け取らず、市区町村に問い合わせてください。",
        "The ledger has it as a spoiled sheet. Do not accept it; ask the municipality.",
    ),
    DocumentStanding.VOIDED: Words(
        "取り消された番号です。受け取らず、市区町村に問い合わせてください。",
        "It was voided. Do not accept it; ask the municipality.",
    ),
    DocumentStanding.RECALLED: Words(
        "市区町村が回収しています。受け取らず、市区町村に問い合わせてください。",
        "The municipality recalls it. Do not accept it; ask the municipality.",
    ),
    DocumentStanding.UNKNOWN: Words(
        "この番号と内容の記録がありません。受け取らず、市区町村に問い合わせてください。",
        "The ledger has no such number with this content. Do not accept it; ask the municipality.",
    ),
    DocumentStanding.NOT_ASKED: Words("市区町村には問い合わせていません。", "The municipality was not asked."),
    DocumentStanding.NO_ANSWER: Words(
        "市区町村から答えがありませんでした。あとでもう一度問い合わせてください。",
        "The municipality did not answer. Ask again later.",
    ),
}

REASONS: Mapping[Why, Words] = {
    Reason.NO_CODE: Words(
        "証明書のコードが見つかりません。両面を300 dpi以上で読み取ってください。",
        "no code of a sheet was found: scan both sides at 300 dpi or more",
    ),
    Reason.NO_FACE: Words(
        "おもて面がありません。おもて面も読み取ってください。", "the face was not shown: scan or photograph it too"
    ),
    Reason.NO_SEAL_CODE: Words(
        "うら面のコードがありません。うら面も読み取ってください。",
        "the codes on the back were not shown: scan the back too",
    ),
    Reason.BROKEN_SEAL_CODE: Words(
        "うら面のコードが足りません。明るい所で、うら面全体をもう一度読み取ってください。",
        "too few of the codes on the back were read: take the whole back again in good light",
    ),
    Reason.PAGE_MISSING: Words(
        "このページがありません。全部のページを読み取ってください。",
        "this page is missing: show every page of the document",
    ),
    Reason.UNKNOWN_KEY: Words(
        "知っている市区町村の鍵ではありません。新しいトラストリストを取得し、それでも同じときは、"
        "紙に書かれた市区町村に問い合わせてください。",
        "no known municipality signed this page: fetch the newest trust list; if it says the same, ask the "
        "municipality that the page names",
    ),
    Reason.KEY_OF_ANOTHER: Words(
        "ほかの市区町村の鍵で署名されています。紙に書かれた市区町村に問い合わせてください。",
        "the key belongs to another municipality: ask the one that the page names",
    ),
    Reason.KEY_NOT_YET_VALID: Words(
        "発行日には、まだ使われていない鍵です。市区町村に問い合わせてください。",
        "the key was not in force yet when this page says it was issued: ask the municipality",
    ),
    Reason.KEY_EXPIRED: Words(
        "発行日には、もう使われていない鍵です。市区町村に問い合わせてください。",
        "the key had ended when this page says it was issued: ask the municipality",
    ),
    Reason.KEY_REVOKED: Words(
        "取り消された鍵です。市区町村に問い合わせてください。",
        "the key was revoked: ask the municipality that the page names",
    ),
    Reason.TRUST_LIST_FORGED: Words(
        "トラストリストに、交付センターの正しい署名がありません。取り直してください。このリストでは何も確かめていません。",
        "the issuance centre did not sign this trust list: fetch it anew; nothing was checked with it",
    ),
    Reason.TRUST_LIST_MALFORMED: Words(
        "トラストリストがこわれています。取り直してください。", "the trust list is damaged: fetch it anew"
    ),
    Reason.TRUST_LIST_NOT_YET_VALID: Words(
        "トラストリストの期間がまだ始まっていません。この機械の時計を見てください。",
        "the trust list is not in force yet: is this machine's clock right?",
    ),
    Reason.TRUST_LIST_EXPIRED: Words(
        "トラストリストの期限が切れています。新しいものを取得してください。", "the trust list ran out: fetch a new one"
    ),
    Reason.TRUST_LIST_OLDER: Words(
        "前に使ったものより古いトラストリストです。新しいものを取得してください。",
        "a newer trust list was seen here before: fetch the newest",
    ),
    Reason.WRONG_SIGNATURE: Words(
        "署名が合いません。受け取らず、市区町村に問い合わせてください。",
        "the municipality did not sign this content: do not accept it, ask the municipality",
    ),
    Reason.WRONG_CONTENT: Words(
        "署名されたものが、このページではありません。市区町村に問い合わせてください。",
        "what was signed is not this page: ask the municipality",
    ),
    Reason.SEVERAL_DOCUMENTS: Words(
        "別の証明書のうら面がまざっています。1通ずつ読み取ってください。",
        "the backs are of different documents: show one document at a time",
    ),
    Reason.PAGES_DIFFER: Words(
        "このページは、1ページ目と同じ証明書のものではありません。",
        "this page does not belong to the first: show the pages of one document",
    ),
    Reason.FACE_OF_ANOTHER: Words(
        "このおもて面は、うら面と同じ紙のものではありません。1枚の両面を読み取ってください。",
        "this face does not belong to the back: show both sides of one sheet",
    ),
    Reason.TWO_FACES: Words(
        "同じページのおもて面が2つあり、たがいにちがいます。",
        "there are two different faces of this page: show one sheet",
    ),
    Reason.TWO_BACKS: Words(
        "同じページのうら面が2つあり、たがいにちがいます。",
        "there are two different backs of this page: show one sheet",
    ),
    NotCompared.NOT_LOCATED: Words(
        "おもて面の四すみの印が見えません。紙全体が入るように撮ってください。",
        "the corner marks of the face were not found: take the whole sheet",
    ),
    NotCompared.BUNDLE_MISSING: Words(
        "様式バンドルがないため、おもて面を照合していません。内容と見比べてください。",
        "the form bundle is not at hand, so the face was not compared: hold the content against it",
    ),
    NotCompared.FONT_MISSING: Words(
        "印刷に使った書体がないため、おもて面を照合していません。内容と見比べてください。",
        "a font differs from the one it was printed with, so the face was not compared: hold the content against it",
    ),
    NotCompared.FORM_UNKNOWN: Words(
        "この様式を知らないため、おもて面を照合していません。内容と見比べてください。",
        "the form is not known here, so the face was not compared: hold the content against it",
    ),
    Poor.TOO_FEW_PIXELS: Words(
        "画像が粗すぎます。200 dpi以上で読み取るか、近くから撮ってください。",
        "the picture is too coarse: scan at 200 dpi or more, or go nearer",
    ),
    Poor.NOT_WHOLE: Words(
        "紙の一部が写っていません。紙全体を撮ってください。", "a part of the sheet is cut off: take all of it"
    ),
    Poor.TOO_FAINT: Words(
        "文字がうすすぎます。明るい所で撮り直してください。", "ink hardly shows: take it in better light"
    ),
    Poor.TOO_BLURRED: Words(
        "ぼけています。動かさずに撮り直してください。", "it is blurred: hold still and take it again"
    ),
    Poor.TOO_NOISY: Words(
        "ざらつきが多すぎます。明るい所で撮り直してください。", "it is too noisy: take it in better light"
    ),
    Poor.NO_LIKENESS: Words(
        "おもて面と重ね合わせられません。紙を平らにして撮り直してください。",
        "it does not lie on what it must look like: flatten the sheet and take it again",
    ),
    Trouble.UNREADABLE_PICTURE: Words(
        "読み取れるPDFや画像ではありません。スキャンし直してください。",
        "the file is no picture that can be read: scan it again",
    ),
    Trouble.TOO_MUCH: Words(
        "このファイルは、決められた時間やメモリーでは調べられません。1通ずつ、300 dpiで読み取ってください。",
        "the file can't be checked within its time and memory: scan one document at 300 dpi",
    ),
}
"""One for each reason."""

BY_COMMAND: Mapping[Why, Words] = {
    NotCompared.BUNDLE_MISSING: Words(
        "様式バンドルは、トラストリストと一緒に取得してください。", "fetch the bundle with the trust list"
    ),
    NotCompared.FONT_MISSING: Words(
        "同じ版の書体を入れるか、--font で指定してください。",
        "install that version of it, or name it with --font",
    ),
    NotCompared.FORM_UNKNOWN: Words("新しい版のkoufu-verifyを使ってください。", "use a newer koufu-verify"),
}
"""What whoever calls `koufu-verify` can do besides; of no use to whoever only holds the paper."""

UNLABELLED: Mapping[str, Words] = {
    "clause": Words("証明の文", "clause"),
    "date": Words("証明の日付", "date of certification"),
    "mayor": Words("証明者", "mayor"),
    "continuation": Words("余白の印", "end mark"),
    "page": Words("ページ", "page"),
    "official-seal": Words("公印", "official seal"),
    REGISTERED_SEAL: Words("登録印影", "registered seal"),
}
"""What is called so where no label stands, by the name of the entry without its number."""

KINDS: Mapping[CertificateKind, Words] = {
    CertificateKind.RESIDENCE: Words("住民票の写し", "certificate of residence"),
    CertificateKind.RESIDENCE_ITEMS: Words("住民票記載事項証明書", "certificate of items in the resident record"),
    CertificateKind.SEAL_REGISTRATION: Words("印鑑登録証明書", "seal registration certificate"),
    CertificateKind.KOSEKI_FULL: Words("戸籍全部事項証明書", "certificate of all koseki entries"),
    CertificateKind.KOSEKI_INDIVIDUAL: Words("戸籍個人事項証明書", "certificate of individual koseki entries"),
    CertificateKind.KOSEKI_SUPPLEMENT: Words("戸籍の附票の写し", "copy of the koseki supplement"),
    CertificateKind.INCOME_TAX: Words("所得・課税証明書", "certificate of income and tax"),
    CertificateKind.NON_TAXATION: Words("非課税証明書", "certificate of no tax"),
    CertificateKind.TAX_PAYMENT: Words("納税証明書", "certificate of tax payment"),
    CertificateKind.DISASTER_VICTIM: Words("罹災証明書", "disaster victim certificate"),
}
