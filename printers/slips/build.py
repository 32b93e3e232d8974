"""Receipt, guidance, debt and fault slips as parts. Only arranges what it is handed; decides nothing."""

from collections.abc import Iterable, Iterator

from printers.slips.content import Claim, Debt, Fault, Guidance, Note, Office, Receipt, ReceiptLine, Terminal
from printers.slips.model import Align, Banner, Part, Qr, Row, Rule, Size, Slip, Space, Text
from printers.slips.words import Words


def receipt(content: Receipt) -> Slip:
    """領収書: who took how much for what, from whom the fee is due, and what came back."""
    words = content.language.words
    return Slip(
        (
            *_head(
                content.terminal, words.receipt, words.reprint_nth.format(content.reprint) if content.reprint else ""
            ),
            Row(words.moment, content.moment),
            Row(words.receipt_number, content.number),
            Row(words.terminal, content.terminal.number),
            Rule.THIN,
            *(part for line in content.lines for part in _fee(line, words)),
            Rule.THICK,
            Row(words.total, words.yen.format(content.total), Size.LARGE, bold=True),
            Space(6),
            *_paid(content, words),
            *_owed(content, words),
            Rule.THIN,
            *_document_numbers(content.document_numbers, words),
            Text(words.receipt_sentence.format(content.terminal.municipality)),
            Space(10),
            Text(words.collector),
            Text(content.terminal.collector, bold=True, indent=2),
            *_notes(content.notes),
        )
    )


def guidance(content: Guidance) -> Slip:
    """ご案内: where to go, when, and what to bring."""
    words = content.language.words
    return Slip(
        (
            *_head(content.terminal, words.guidance),
            *_titled(words.reason, content.reason),
            *(part for office in content.offices for part in _office(office, words)),
            *_list(words.bring, content.bring),
            *_notes(content.notes),
            *((Space(8), Qr(content.link)) if content.link else ()),
            *_clerk(content.clerk, words),
            *_foot(content.terminal, content.moment, words),
        )
    )


def note(content: Note) -> Slip:
    """A slip of a clerk's counter, as its sections come."""
    words = content.language.words
    numbered = (Rule.THIN, Row(content.number_name, content.number, bold=True)) if content.number else ()
    return Slip(
        (
            *_head(content.terminal, content.title),
            *((Text(content.above, bold=True), Space(12)) if content.above else ()),
            *(part for each in content.sections for part in _titled(each.title, *each.lines)),
            *numbered,
            *_foot(content.terminal, content.moment, words),
        )
    )


def debt(content: Debt) -> Slip:
    """お返しするお金の控え: how much, under which number, and where it is paid out. Where it is not known yet whether
    anything was paid, お支払いの確認の控え; whether it went back, お返しの確認の控え."""
    words = content.language.words
    title, sentence, keep = {
        Claim.OWED: (words.debt, words.debt_sentence, words.debt_keep),
        Claim.PAID: (words.doubt, words.doubt_sentence, words.doubt_keep),
        Claim.PAID_BACK: (words.doubt_back, words.doubt_back_sentence, words.doubt_keep),
    }[content.claim]
    return Slip(
        (
            *_head(content.terminal, title, words.reprint if content.reprint else ""),
            Text(sentence),
            Space(16),
            Text(words.yen.format(content.amount), Size.HUGE, bold=True, align=Align.CENTRE),
            Space(12),
            Text(words.debt_number, align=Align.CENTRE),
            Text(content.number, Size.LARGE, bold=True, align=Align.CENTRE),
            Rule.THIN,
            *_office(content.office, words),
            Text(keep, bold=True),
            *_notes(content.notes),
            *_foot(content.terminal, content.moment, words),
        )
    )


def fault(content: Fault) -> Slip:
    """お知らせ: what happened, what about the money, what to do now."""
    words = content.language.words
    return Slip(
        (
            *_head(content.terminal, words.fault),
            *_titled(words.happened, content.happened),
            *_titled(words.money, content.money),
            *_titled(words.to_do, content.to_do),
            Rule.THIN,
            Row(words.fault_number, content.number, bold=True),
            *_foot(content.terminal, content.moment, words),
        )
    )


def _head(terminal: Terminal, title: str, reprint: str = "") -> Iterator[Part]:
    if reprint:
        yield Banner(reprint)
        yield Space(8)
    yield Text(terminal.municipality, align=Align.CENTRE)
    yield Space(6)
    yield Text(title, Size.LARGE, bold=True, align=Align.CENTRE)
    yield Rule.THICK


def _fee(line: ReceiptLine, words: Words) -> Iterator[Part]:
    yield Text(line.kind, bold=True)
    each = words.copies.format(words.yen.format(line.fee_each), line.copies)
    yield Row(each, words.yen.format(line.copies * line.fee_each), indent=2)


def _paid(content: Receipt, words: Words) -> Iterator[Part]:
    yield Row(words.means, words.cashless if content.cashless else words.cash)
    yield Row(words.charged if content.cashless else words.paid, words.yen.format(content.paid))
    if content.change or not content.cashless:
        yield Row(words.paid_back if content.cashless else words.change, words.yen.format(content.change))


def _owed(content: Receipt, words: Words) -> Iterator[Part]:
    if content.owed:
        yield Row(words.not_back if content.cashless else words.owed, words.yen.format(content.owed), bold=True)
        yield Text(words.not_back_hint if content.cashless else words.owed_hint)


def _document_numbers(numbers: Iterable[str], words: Words) -> Iterator[Part]:
    numbers = tuple(numbers)
    if numbers:
        yield Text(words.document_numbers)
        yield from (Text(number, indent=2) for number in numbers)
        yield Rule.DOTTED


def _titled(title: str, *lines: str) -> Iterator[Part]:
    yield Text(title, bold=True, mark="■ ")
    yield from (Text(line, indent=3) for line in lines if line)
    yield Space(12)


def _office(office: Office, words: Words) -> Iterator[Part]:
    hours = f"{words.hours}  {office.hours}" if office.hours else ""
    phone = f"{words.phone}  {office.phone}" if office.phone else ""
    yield from _titled(words.where, office.name, office.way, hours, phone)


def _list(title: str, items: Iterable[str]) -> Iterator[Part]:
    items = tuple(items)
    if items:
        yield Text(title, bold=True, mark="■ ")
        yield from (Text(item, indent=2, mark="・") for item in items)


def _notes(notes: Iterable[str]) -> Iterator[Part]:
    for note in notes:
        yield Space(8)
        yield Text(note)


def _clerk(text: str, words: Words) -> Iterator[Part]:
    if text:
        yield Rule.DOTTED
        yield Text(words.clerk)
        yield Text(text, indent=1)


def _foot(terminal: Terminal, moment: str, words: Words) -> Iterator[Part]:
    yield Rule.THIN
    yield Row(words.moment, moment)
    yield Row(words.terminal, terminal.number)
    if terminal.phone:
        yield Row(words.questions, terminal.phone)
