"""The three answers and what a document says, as a text to be heard: label before value, in reading order, for a screen
reader or a voice. No number that opens anything is said, and of the document number only its end."""

import re
from collections.abc import Iterable, Iterator

from certserver.documents.page import CONTINUATION
from certserver.ports import in_japan
from certserver.verify.answers import Answers, Content
from certserver.verify.report import three_answers
from certserver.verify.status import DocumentStanding
from certserver.verify.words import KINDS, REASONS, UNLABELLED, Tongue
from koufu.evidence.content import NOT_COVERED, PageContent, PageEntry
from koufu.evidence.words import TAX_KINDS

_LAST = 4
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PADDING = re.compile("[\u2007\u2008]+")
_SPACES = re.compile("[ \u3000]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_BRACKETED = re.compile("【([^】]*)】")
_DASHED = re.compile(r"(?<=\d)[-－](?=\d)")
_NEGATIVE = re.compile(r"(?<![\d一-龥])[-－△▲](?=\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){11,12}(?!\d)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")
_PERSON = re.compile(r"(\d+)\.")
_AMOUNT = re.compile(r"(?:マイナス)?\d+")
_UNUSED = "＊*"
"""What stands in a field that is not used."""

_READ_OUT = frozenset({Content.AS_ISSUED, Content.BACK_VALID})
_NOTHING_AGAINST = frozenset({DocumentStanding.ISSUED, DocumentStanding.NOT_ASKED})
"""Of content and status, what a document is read out with: whoever hears it takes what is read out for true."""


def spoken(answers: Answers, names: dict[str, str], now: int) -> Iterator[str]:
    """The sentences, each a line, always in Japanese: all three answers, then the reasons, or the content where nothing
    speaks against it. `names` are those of municipalities by code, `now` is in Unix seconds."""
    for head, text in three_answers(answers, now, Tongue.JAPANESE):
        yield f"{head}、{text}"
    if answers.content in _READ_OUT and answers.status.standing in _NOTHING_AGAINST:
        yield from read_out(answers.contents, names)
        return
    for cause in answers.causes:
        page = f"{cause.page}ページ目、" if cause.page is not None else ""
        yield f"{page}{REASONS[cause.why].told(Tongue.JAPANESE)}"


def read_out(contents: Iterable[PageContent], names: dict[str, str]) -> Iterator[str]:
    """What signed pages say. `names` as with `spoken`."""
    for content in contents:
        if content.page == 1:
            yield from _opening(content, names)
        if content.pages > 1:
            yield f"{content.pages}ページのうち、{content.page}ページ目。"
        yield from _entries(content)
        for _ in content.pictures:
            yield "印影が、印刷されています。"
    yield "以上です。"


def _opening(content: PageContent, names: dict[str, str]) -> Iterator[str]:
    issuer = names.get(content.municipality, f"市区町村コード{content.municipality}")
    issued = in_japan(content.issued_at)
    yield f"{KINDS[content.kind].told(Tongue.JAPANESE)}。"
    yield f"発行者、{issuer}。"
    yield f"発行の日時、{issued.year}年{issued.month}月{issued.day}日、{issued.hour}時{issued.minute}分。"
    yield f"発行番号の終わりの{_LAST}文字、{'、'.join(content.document_no[-_LAST:])}。"


def _entries(content: PageContent) -> Iterator[str]:
    person, in_yen = "", content.kind in TAX_KINDS
    for entry in content.entries:
        said = tuple(_entry(entry, in_yen=in_yen)) if entry.name != CONTINUATION else ()
        numbered = _PERSON.match(entry.name)
        # A tax's row has its own name; a person is told from the next.
        if said and numbered is not None and numbered[1] != person and not in_yen:
            person = numbered[1]
            yield f"{person}番目。"
        yield from said


def _entry(entry: PageEntry, *, in_yen: bool) -> Iterator[str]:
    words = UNLABELLED.get(entry.name.rstrip("0123456789"))
    label = _plain(entry.label) or (words.ja if words is not None else "")
    if entry.text == NOT_COVERED:
        yield f"{label}。紙に印刷されていますが、読み上げません。"
        return
    text = _plain(entry.text)
    if in_yen and _AMOUNT.fullmatch(text):
        text += "円"
    if text.strip(_UNUSED):
        yield f"{label}、{text}。" if label else f"{text}。"


def _plain(text: str) -> str:
    """As it is said: without what only aligns or chooses a glyph, amounts without commas, addresses with 「の」."""
    plain = _PADDING.sub("", _SELECTORS.sub("", text)).translate(_FULL_WIDTH)
    plain = _THOUSANDS.sub("", plain)
    # Whatever a register may have put where: what is as long as an individual number is never said.
    plain = _LONG_NUMBER.sub("番号は読み上げません", plain)
    plain = _NEGATIVE.sub("マイナス", _DASHED.sub("の", plain))
    plain = _BRACKETED.sub(r"\1、", plain).rstrip("、")
    return _SPACES.sub(" ", plain).strip().rstrip("。")
