"""The documentation of deliveries says of every file, field and rule what the code does."""

from pathlib import Path

import pytest

from certserver.intake import forms
from certserver.intake.fields import FILES
from tests.certserver.intake.test_reading_deliveries import read
from tests.support.delivery_pages import tables

DOCS = Path(__file__).parents[3] / "docs/registers"


@pytest.mark.parametrize(("title", "lines"), list(tables()), ids=[title.partition("`,")[0] for title, _ in tables()])
def test_every_table_is_there_as_the_code_has_it(title: str, lines: list[str]) -> None:
    assert "\n".join((f"### {title}", "", *lines, "")) in (DOCS / "delivery.md").read_text(encoding="utf-8")


def test_every_form_is_told() -> None:
    page = (DOCS / "delivery.md").read_text(encoding="utf-8")
    for form in {field.form for file in FILES for field in file.fields}:
        assert f"| {form.name} | {form.told} |" in page
    assert forms.NAME.name == "text"


def test_the_example_is_a_delivery() -> None:
    taken, findings = read(DOCS / "example")
    assert not findings
    assert all(taken)
