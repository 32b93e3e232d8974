"""The gallery: a case for every kind that can be made, and one page that finds what was drawn."""

import re
from pathlib import Path

from certserver.documents.forms import FORMS, compose
from certserver.papers.kinds import PaperKind
from tests.gallery.cases import cases
from tests.gallery.index import index
from tests.gallery.papers import papers
from tests.gallery.sheets import draw


def test_every_form_and_kind_has_a_case_named_for_its_kind() -> None:
    documents = {name: compose(case.line, case.profile) for name, case in cases().items()}
    assert {document.form for document in documents.values()} == set(FORMS)
    assert all(name.startswith(document.kind.value) for name, document in documents.items())


def test_the_index_shows_what_was_drawn_and_asks_no_network(tmp_path: Path) -> None:
    assert draw(tmp_path / "sheets", ("tax-payment-two",)) == 1
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens" / "welcome.png").write_bytes(b"")
    page = index(tmp_path)
    linked = set(re.findall(r'(?:src|href)="([^"#]+)"', page))
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")} == linked
    assert "//" not in page


def test_every_paper_of_the_counter_has_a_case() -> None:
    assert {paper.kind for paper in papers().values()} == set(PaperKind)
