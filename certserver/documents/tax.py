"""What certificates of tax say, from an eligible order line and back from a page's entries: income and tax
(所得・課税証明書), no tax (非課税証明書) and payment (納税証明書). Pure, and no value is changed on its way (I10).

There is no national form. Title, fields, their order and every wording here are our own and unconfirmed: each
municipality decides them, its clauses in its profile."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certserver.documents.eras import era_year, printed
from certserver.documents.model import BLANK, Entry
from certserver.documents.page import Page
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import TaxExtract
from certserver.registers.tax import Amount, TaxPayment, TaxRecord
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

UNUSED_ROW = "＊＊＊＊"
"""In a row, or a cell, that holds nothing: nobody can write anything into it."""

INCOME, INCOMES, DEDUCTIONS, DEPENDANTS, TAXES = "所得", "所得の内訳", "所得控除の内訳", "扶養人数", "税額"
TOTAL_INCOME, TOTAL_INCOME_AND_OTHERS = "合計所得金額", "総所得金額等"
DEDUCTED, TAXABLE, ANNUAL_TAX = "所得控除合計", "課税標準額", "年税額"
YEN, PERSONS = "金額（円）", "人数（人）"
TOTALS = ("total_income", "total_income_and_others", "deducted", "taxable", "annual_tax")
"""Names of the form's own totals."""

FORM_NAMES = {CertificateKind.INCOME_TAX: "income-tax/1", CertificateKind.NON_TAXATION: "non-taxation/1"}
"""Name and version of the forms that print a `TaxDocument`."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "year": "",
        "address": "現住所",
        "address_on_january_1": "賦課期日の住所",
        "name": "氏名",
        "born": "生年月日",
        "as_of": "納付状況の基準日",
        "tax_label": "税目",
        "due": "納付すべき額",
        "paid": "納付済額",
        "unpaid": "未納額",
        "note": "備考",
        "remarks": "備考",
    }
)
"""By name of entry, without the number of the row. Rows of income, deductions and tax are called as the register calls
them."""

_MINUS = "△"
_PAYMENT = ("tax_label", "due", "paid", "unpaid", "note")

Row = Entry
"""One row of a table: its label is what it is called in the register, its text how much."""


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows that belong together, named by the register, and the form's own totals under them. `heading` is the form's
    word."""

    heading: str
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()

    def __repr__(self) -> str:
        return f"<Table of {len(self.rows)} rows>"


@dataclass(frozen=True, slots=True, repr=False)
class TaxPerson:
    """Whose tax, and of which fiscal year: what every certificate of tax begins with."""

    year: Entry
    address: Entry
    address_on_january_1: Entry
    name: Entry
    born: Entry

    def __repr__(self) -> str:
        return "<TaxPerson>"

    def entries(self, *, again: bool = False) -> Iterator[Entry]:
        """In reading order. `again`, on a further page: there the name stands under another word, so that `name` says
        once whose document it is."""
        yield from (self.year, self.address, self.address_on_january_1)
        yield Entry("taxpayer", self.name.text, self.name.label) if again else self.name
        yield self.born


def read_person(page: Page) -> TaxPerson:
    """What a page's head says. Raises `ForeignPage`."""
    return TaxPerson(
        year=page.take("year", LABELS["year"]),
        address=page.take("address", LABELS["address"]),
        address_on_january_1=page.take("address_on_january_1", LABELS["address_on_january_1"]),
        name=page.take("name" if page.number == 1 else "taxpayer", LABELS["name"]),
        born=page.take("born", LABELS["born"]),
    )


@dataclass(frozen=True, slots=True, repr=False)
class TaxDocument:
    """A certificate of income and tax, or of no tax: tables in pairs, left and right. `statement` is what a certificate
    of no tax says before its tables, empty in the other."""

    kind: CertificateKind
    person: TaxPerson
    statement: Entry
    tables: tuple[tuple[Table, Table], ...]
    remarks: Entry
    clause: str

    @property
    def form(self) -> str:
        """Name and version of its form."""
        return FORM_NAMES[self.kind]

    def __repr__(self) -> str:
        return f"<TaxDocument {self.kind.value}>"


@dataclass(frozen=True, slots=True, repr=False)
class PaymentRow:
    """One tax as paid; `label` is the register's (税目)."""

    label: Entry
    due: Entry
    paid: Entry
    unpaid: Entry
    note: Entry

    def __repr__(self) -> str:
        return "<PaymentRow>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        yield from (self.label, self.due, self.paid, self.unpaid, self.note)


@dataclass(frozen=True, slots=True, repr=False)
class TaxPaymentDocument:
    """A certificate of payment. `as_of`: up to which day payments are entered."""

    person: TaxPerson
    as_of: Entry
    rows: tuple[PaymentRow, ...]
    total: PaymentRow
    clause: str

    kind = CertificateKind.TAX_PAYMENT
    form = "tax-payment/1"

    def __repr__(self) -> str:
        return f"<TaxPaymentDocument of {len(self.rows)}>"


def unit_of(heading: str) -> str:
    """In what a table counts."""
    return PERSONS if heading == DEPENDANTS else YEN


def yen(amount: int) -> str:
    """「1,234,567」, 「△1,234,567」 below zero, 「0」 for nothing: never an empty cell."""
    return f"{_MINUS if amount < 0 else ''}{abs(amount):,}"


def compose_income(line: EligibleLine, profile: MunicipalityProfile) -> TaxDocument:
    """What a certificate of income and tax says. Raises `IntegrityAlarm` without a declared tax entry."""
    extract = _declared(line)
    record = extract.record
    incomes = Table(
        INCOMES,
        _rows("income", _amounts(record.incomes)),
        (
            _row("total_income", TOTAL_INCOME, yen(record.total_income)),
            _row("total_income_and_others", TOTAL_INCOME_AND_OTHERS, yen(record.total_income_and_others)),
        ),
    )
    deductions = Table(
        DEDUCTIONS,
        _rows("deduction", _amounts(record.deductions)),
        (_row("deducted", DEDUCTED, yen(record.deducted)), _row("taxable", TAXABLE, yen(record.taxable))),
    )
    people = ((dependants.label, str(dependants.count)) for dependants in record.dependants)
    return TaxDocument(
        kind=CertificateKind.INCOME_TAX,
        person=_person(extract),
        statement=Entry("statement", ""),
        tables=((incomes, deductions), (Table(DEPENDANTS, _rows("dependants", people)), _taxes(record))),
        remarks=_entry("remarks", UNUSED_ROW),
        clause=profile.only_clause(CertificateKind.INCOME_TAX),
    )


def compose_non_taxation(line: EligibleLine, profile: MunicipalityProfile) -> TaxDocument:
    """What a certificate of no tax says. Raises `IntegrityAlarm` without a declared tax entry, and where there is any
    tax."""
    extract = _declared(line)
    record = extract.record
    if any(tax.yen for tax in record.taxes):
        raise IntegrityAlarm("a certificate of no tax for a year with tax")
    incomes = (
        (TOTAL_INCOME, yen(record.total_income)),
        (TOTAL_INCOME_AND_OTHERS, yen(record.total_income_and_others)),
    )
    statement = f"上記の者の{era_year(record.year)}度の個人住民税（所得割・均等割）は、課税されていません（非課税）。"
    return TaxDocument(
        kind=CertificateKind.NON_TAXATION,
        person=_person(extract),
        statement=Entry("statement", statement),
        tables=((Table(INCOME, _rows("income", incomes)), _taxes(record)),),
        remarks=_entry("remarks", UNUSED_ROW),
        clause=profile.only_clause(CertificateKind.NON_TAXATION),
    )


def compose_payment(line: EligibleLine, profile: MunicipalityProfile) -> TaxPaymentDocument:
    """What a certificate of payment says. Raises `IntegrityAlarm` for another extract than one of tax."""
    extract = _extract(line)
    record = extract.record
    payments = record.payments
    whole = TaxPayment(
        label="合計",
        due=sum(payment.due for payment in payments),
        paid=sum(payment.paid for payment in payments),
        unpaid=sum(payment.unpaid for payment in payments),
    )
    return TaxPaymentDocument(
        person=_person(extract, of_income=False),
        as_of=_entry("as_of", BLANK if record.paid_as_of is None else f"{printed(record.paid_as_of)}現在"),
        rows=tuple(_payment(f"{at}", payment) for at, payment in enumerate(payments, 1)),
        total=_payment("total", whole),
        clause=profile.only_clause(CertificateKind.TAX_PAYMENT),
    )


def unused_payment(at: int) -> PaymentRow:
    """A row that holds nothing, at a place of the table (from 1)."""
    return _payment_row(f"{at}", (UNUSED_ROW,) * len(_PAYMENT))


def read_payment(page: Page, at: str) -> PaymentRow:
    """The row of a tax, or the sum (`total`). Raises `ForeignPage`."""
    label, due, paid, unpaid, note = (page.take(f"{at}.{name}", LABELS[name]) for name in _PAYMENT)
    return PaymentRow(label, due, paid, unpaid, note)


def _extract(line: EligibleLine) -> TaxExtract:
    extract = line.extract
    if not isinstance(extract, TaxExtract):
        raise IntegrityAlarm("a certificate of tax of what is no tax entry")
    return extract


def _declared(line: EligibleLine) -> TaxExtract:
    extract = _extract(line)
    if not extract.record.declared:
        raise IntegrityAlarm("a certificate of income for a year without a tax declaration")
    return extract


def _person(extract: TaxExtract, *, of_income: bool = True) -> TaxPerson:
    """`of_income`: the fiscal year stands with the year whose income it taxes."""
    record, resident = extract.record, extract.resident
    income = f"（{era_year(record.year - 1)}分所得）" if of_income else ""
    return TaxPerson(
        year=_entry("year", f"{era_year(record.year)}度{income}"),
        address=_entry("address", extract.address),
        address_on_january_1=_entry("address_on_january_1", record.address_on_january_1 or BLANK),
        name=_entry("name", record.name),
        born=_entry("born", printed(resident.born, western=resident.foreign is not None)),
    )


def _taxes(record: TaxRecord) -> Table:
    total = _row("annual_tax", ANNUAL_TAX, yen(record.annual_tax))
    return Table(TAXES, _rows("tax", _amounts(record.taxes)), (total,))


def _amounts(amounts: Iterable[Amount]) -> Iterator[tuple[str, str]]:
    return ((amount.label, yen(amount.yen)) for amount in amounts)


def _rows(name: str, rows: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(_row(f"{at}.{name}", label, value) for at, (label, value) in enumerate(rows, 1))


def _row(name: str, label: str, value: str) -> Row:
    return Entry(name, value, label)


def _payment(name: str, payment: TaxPayment) -> PaymentRow:
    amounts = map(yen, (payment.due, payment.paid, payment.unpaid))
    return _payment_row(name, (payment.label, *amounts, payment.note or UNUSED_ROW))


def _payment_row(at: str, texts: tuple[str, ...]) -> PaymentRow:
    label, due, paid, unpaid, note = (
        Entry(f"{at}.{name}", text, LABELS[name]) for name, text in zip(_PAYMENT, texts, strict=True)
    )
    return PaymentRow(label, due, paid, unpaid, note)


def _entry(name: str, text: str) -> Entry:
    return Entry(name, text, LABELS[name])
