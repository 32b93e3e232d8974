"""Certificates of tax: what they say, that every amount of the register stands on them exactly once, and how they break
into pages."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.documents.eras import PAD, era_year
from certserver.documents.forms import compose, form_of
from certserver.documents.model import Entry
from certserver.documents.tax import Table, TaxDocument, TaxPaymentDocument, yen
from certserver.documents.tax_pages import Heading, Pair, pages_of
from certserver.errors import IntegrityAlarm
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord
from certserver.stages import RenderedDocument
from koufu.evidence.words import CertificateKind
from tests.support import sheets
from tests.support import tax_specimens as taxes
from tests.support.specimens import FOUR, PROFILE, residence_line
from tests.support.tax_specimens import LOSSES, NOTHING, UNTAXED, USUAL, tax_line

pytestmark = pytest.mark.xdist_group("sheets")

INCOME, NONE, PAYMENT = CertificateKind.INCOME_TAX, CertificateKind.NON_TAXATION, CertificateKind.TAX_PAYMENT


@cache
def printed(kind: CertificateKind, name: str) -> RenderedDocument:
    return sheets.render(compose(tax_line(kind, getattr(taxes, name)), PROFILE))


def values_of(rendered: RenderedDocument) -> dict[str, str]:
    return {entry.name: entry.text.replace(PAD, "") for page in rendered.contents for entry in page.entries}


def labels_of(rendered: RenderedDocument) -> dict[str, str]:
    return {entry.name: entry.label for page in rendered.contents for entry in page.entries}


def faces(rendered: RenderedDocument) -> str:
    """What pdftotext reads of all faces."""
    sides = sheets.text_of(rendered.file, "-layout").split("\f")
    return "\n".join(sides[:-1:2])


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1, "△1"), (-1_234_567, "△1,234,567")],
)
def test_yen_is_printed_with_commas_and_a_triangle_below_zero(amount: int, text: str) -> None:
    assert yen(amount) == text


@pytest.mark.parametrize(
    ("year", "text"),
    [(2026, "令和8年"), (2019, "令和元年"), (2018, "平成30年"), (1989, "平成元年"), (1988, "昭和63年")],
)
def test_a_year_is_named_by_its_later_era(year: int, text: str) -> None:
    assert era_year(year) == text


def test_the_certificate_of_income_says_whose_tax_of_which_year() -> None:
    values = values_of(printed(INCOME, "USUAL"))
    assert values["year"] == "令和8年度（令和7年分所得）"
    assert values["address"] == "見本県見本市本町一丁目2番3号　見本ハイツ101号"
    assert values["address_on_january_1"] == "見本県見本市見本町一丁目2番3号"
    assert values["name"] == "辻\U000e0102　健吾"
    assert values["born"] == "昭和47年4月12日"


@pytest.mark.parametrize("name", ["USUAL", "LOSSES", "NOTHING", "MANY_ROWS"])
def test_income_and_tax_stand_as_the_register_has_them(name: str) -> None:
    record: TaxRecord = getattr(taxes, name)
    values, called = values_of(printed(INCOME, name)), labels_of(printed(INCOME, name))
    for word, amounts in (("income", record.incomes), ("deduction", record.deductions), ("tax", record.taxes)):
        found = [(called[f"{at}.{word}"], values[f"{at}.{word}"]) for at in range(1, len(amounts) + 1)]
        assert found == [(amount.label, yen(amount.yen)) for amount in amounts]
        assert f"{len(amounts) + 1}.{word}" not in values
    people = [(called[f"{at}.dependants"], values[f"{at}.dependants"]) for at in range(1, len(record.dependants) + 1)]
    assert people == [(dependants.label, str(dependants.count)) for dependants in record.dependants]
    assert values["total_income"] == yen(record.total_income)
    assert values["total_income_and_others"] == yen(record.total_income_and_others)
    assert values["deducted"] == yen(sum(deduction.yen for deduction in record.deductions))
    assert values["taxable"] == yen(record.taxable)
    assert values["annual_tax"] == yen(sum(tax.yen for tax in record.taxes))


@pytest.mark.parametrize("name", ["USUAL", "LOSSES", "MANY_ROWS"])
def test_the_text_layer_has_every_amount_behind_its_label(name: str) -> None:
    record: TaxRecord = getattr(taxes, name)
    text = faces(printed(INCOME, name))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for amount in (*record.incomes, *record.deductions, *record.taxes):
        if len(amount.label) < 20:
            wanted = f"{' '.join(amount.label.split())} {yen(amount.yen)}"
            assert any(wanted in line for line in lines), wanted


def test_rows_without_anything_are_struck_out() -> None:
    values = values_of(printed(INCOME, "NOTHING"))
    assert values["total_income"] == values["annual_tax"] == "0"
    assert {value for name, value in values.items() if name.startswith("unused")} == {"＊＊＊＊"}
    assert "" not in values.values()


def test_a_certificate_of_no_tax_says_so_and_shows_no_deductions() -> None:
    values = values_of(printed(NONE, "UNTAXED"))
    assert values["statement"] == "上記の者の令和8年度の個人住民税（所得割・均等割）は、課税されていません（非課税）。"
    assert values["annual_tax"] == "0"
    assert values["1.income"] == yen(UNTAXED.total_income)
    assert not any("deduction" in name or "dependants" in name for name in values)
    assert "課税されていません" in faces(printed(NONE, "UNTAXED"))


@pytest.mark.parametrize(
    ("kind", "record"),
    [(NONE, USUAL), (INCOME, replace(USUAL, declared=False)), (NONE, replace(UNTAXED, declared=False))],
)
def test_what_may_not_have_come_this_far_is_an_alarm(kind: CertificateKind, record: TaxRecord) -> None:
    with pytest.raises(IntegrityAlarm):
        compose(tax_line(kind, record), PROFILE)


@pytest.mark.parametrize("kind", [INCOME, NONE, PAYMENT])
def test_another_extract_is_an_alarm(kind: CertificateKind) -> None:
    wrong = replace(tax_line(kind), extract=residence_line(FOUR).extract)
    with pytest.raises(IntegrityAlarm):
        compose(wrong, PROFILE)


@pytest.mark.parametrize("name", ["USUAL", "NOTHING", "MANY_ROWS"])
def test_payments_stand_as_the_register_has_them(name: str) -> None:
    record: TaxRecord = getattr(taxes, name)
    values = values_of(printed(PAYMENT, name))
    assert values["year"] == "令和8年度"
    for at, payment in enumerate(record.payments, 1):
        found = [values[f"{at}.{word}"] for word in ("tax_label", "due", "paid", "unpaid", "note")]
        amounts = [yen(payment.due), yen(payment.paid), yen(payment.unpaid)]
        assert found == [payment.label, *amounts, payment.note or "＊＊＊＊"]
    assert values["total.due"] == yen(sum(payment.due for payment in record.payments))
    assert values["total.paid"] == yen(sum(payment.paid for payment in record.payments))
    assert values["total.unpaid"] == yen(sum(payment.unpaid for payment in record.payments))
    assert values.get("as_of") == ("令和8年9月30日現在" if record.paid_as_of else "【空欄】")


@pytest.mark.parametrize("kind", [INCOME, PAYMENT])
def test_more_rows_than_a_page_holds_go_on_upon_the_next(kind: CertificateKind) -> None:
    first, second = printed(kind, "MANY_ROWS").contents
    assert sheets.said(first)["continuation"] == "以下次頁"
    assert ["clause" in sheets.said(page) for page in (first, second)] == [False, True]


@pytest.mark.parametrize(("kind", "mark"), [(INCOME, None), (NONE, "以下余白"), (PAYMENT, "以下余白")])
def test_only_a_page_with_room_for_more_says_that_nothing_follows(kind: CertificateKind, mark: str | None) -> None:
    (page,) = printed(kind, "UNTAXED").contents
    assert sheets.said(page).get("continuation") == mark


@pytest.mark.parametrize("kind", [INCOME, PAYMENT])
def test_the_name_that_binds_stands_once_however_many_pages(kind: CertificateKind) -> None:
    fields = [pair for page in printed(kind, "MANY_ROWS").contents for pair in sheets.said(page).items()]
    assert [value for name, value in fields if name == "name" or name.endswith(".name")] == ["辻\U000e0102　健吾"]
    assert [value for name, value in fields if name == "taxpayer"] == ["辻\U000e0102　健吾"]


@pytest.mark.parametrize("resident", ["oliveira-maria", "watanabe-kichitaro", "kuroda-hana", "kamiya-rin"])
@pytest.mark.parametrize(("kind", "record"), [(INCOME, LOSSES), (NONE, NOTHING), (PAYMENT, USUAL)])
def test_hard_names_and_addresses_fit(kind: CertificateKind, record: TaxRecord, resident: str) -> None:
    line = tax_line(kind, record, resident)
    rendered = sheets.render(compose(line, PROFILE))
    assert [values_of(rendered)["name"]] == list(line.extract.names)


@pytest.mark.parametrize(("kind", "record"), [(INCOME, USUAL), (NONE, UNTAXED), (PAYMENT, USUAL)])
def test_usual_sheets_are_made_before_anybody_comes(kind: CertificateKind, record: TaxRecord) -> None:
    document = compose(tax_line(kind, record), PROFILE)
    form = form_of(document)
    assert sheets.shapes_of(document) in form.usual_shapes


labels = st.text(alphabet="給与収入所得控除税額（）", min_size=1, max_size=20)
money = st.integers(min_value=-10_000_000_000, max_value=100_000_000_000)
rows = st.lists(st.builds(Amount, labels, money), max_size=40).map(tuple)
payments = st.lists(st.builds(TaxPayment, labels, money, money, money), max_size=40).map(tuple)
dependants = st.lists(st.builds(Dependants, labels, st.integers(0, 20)), max_size=40).map(tuple)


@settings(max_examples=60)
@given(incomes=rows, deductions=rows, people=dependants, due=rows)
def test_whatever_the_register_holds_stands_on_the_pages_once_and_in_order(
    incomes: tuple[Amount, ...], deductions: tuple[Amount, ...], people: tuple[Dependants, ...], due: tuple[Amount, ...]
) -> None:
    record = replace(USUAL, incomes=incomes, deductions=deductions, dependants=people, taxes=due)
    document = compose(tax_line(INCOME, record), PROFILE)
    assert isinstance(document, TaxDocument)
    entries = [entry for page in form_of(document).pages_of(document) for entry in page]
    found = Counter(entry.name for entry in entries)
    for word, amounts in (("income", incomes), ("deduction", deductions), ("tax", due)):
        texts = [entry.text for entry in entries if entry.name.endswith(f".{word}")]
        assert texts == [yen(amount.yen) for amount in amounts]
        assert all(found[f"{at}.{word}"] == 1 for at in range(1, len(amounts) + 1))
    totals = {entry.name: entry.text for entry in entries}
    assert totals["deducted"] == yen(sum(amount.yen for amount in deductions))
    assert totals["annual_tax"] == yen(sum(amount.yen for amount in due))
    assert found["annual_tax"] == found["deducted"] == found["total_income"] == 1


@settings(max_examples=60)
@given(payments)
def test_whatever_was_paid_stands_on_the_pages_once_and_in_order(paid: tuple[TaxPayment, ...]) -> None:
    document = compose(tax_line(PAYMENT, replace(USUAL, payments=paid)), PROFILE)
    assert isinstance(document, TaxPaymentDocument)
    entries = [entry for page in form_of(document).pages_of(document) for entry in page]
    found = [entry.text for entry in entries if entry.name.endswith(".due") and entry.text != "＊＊＊＊"]
    assert found == [*(yen(payment.due) for payment in paid), yen(sum(payment.due for payment in paid))]


@settings(max_examples=100)
@given(
    sizes=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=3), before=st.integers(0, 6)
)
def test_no_heading_ends_a_page_and_no_page_is_too_full(sizes: list[tuple[int, int]], before: int) -> None:
    row = Entry("1.income", "1", "給与収入")
    tables = [(Table("所得", (row,) * left), Table("税額", (row,) * right)) for left, right in sizes]
    pages = pages_of(tables, (5,) * len(tables), 26, before=before, after=2)
    for at, page in enumerate(pages):
        room = 26 - (before if at == 0 else 0) - (2 if at + 1 == len(pages) else 0)
        assert len(page) <= room
        if page and any(max(size) for size in sizes):
            assert isinstance(page[0], Heading)
    lines = [line for page in pages for line in page if isinstance(line, Pair)]
    assert len(lines) >= sum(max(size) for size in sizes)
