"""What is printed is what is signed: from nothing but the bytes of contents and form bundle every page is drawn again
as it was printed, of every form and for everything in the gallery."""

import re
from dataclasses import replace

import pytest

from certserver.documents.bundles import held, hold
from certserver.documents.drawing import read_content
from certserver.documents.forms import FORMS, compose
from certserver.documents.ink import Layer
from certserver.documents.press import seal_code
from certserver.documents.telling import ToldPages, tell
from certserver.errors import ForeignPage
from certserver.stages import RenderedDocument
from koufu.evidence.content import NOT_COVERED, PageContent, PageEntry
from tests.gallery.cases import Case, cases
from tests.support import sheets
from tests.support.specimens import FOUR, KEY, PROFILE, residence_line, stamp

pytestmark = pytest.mark.xdist_group("sheets")

_CODES = re.compile("<[0-9A-F]+>")


def told_of(case: Case) -> ToldPages:
    bundle = hold(case.profile, sheets.press()._typefaces)
    return tell(compose(case.line, case.profile), stamp(), bundle)


def read_back(rendered: RenderedDocument) -> tuple[PageContent, ...]:
    """The contents as a verifier has them: from their bytes."""
    return tuple(PageContent.from_bytes(content.to_bytes()) for content in rendered.contents)


def places(layer: Layer) -> list[str]:
    """Every operator without the codes of its glyphs, which hang on what else the document sets."""
    return [_CODES.sub("", operator) for operator in (*layer.texts, *layer.bare_texts)]


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_page_is_drawn_again_from_what_was_signed(name: str) -> None:
    case = cases()[name]
    rendered = sheets.of_case(name)
    contents, bundle = read_back(rendered), held(rendered.bundle.evidence)
    assert contents == rendered.contents
    assert {content.bundle for content in contents} == {bundle.hash}
    again = sheets.press().draw(contents, bundle, told_of(case).private)
    codes = [seal_code(content, content.to_bytes(), KEY) for content in contents]
    assert again.file(rendered.content_hashes, [code for code in codes if code is not None]) == rendered.file


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_verifier_draws_each_page_alone_and_leaves_private_entries_white(name: str) -> None:
    case = cases()[name]
    told = told_of(case)
    bundle = hold(case.profile, sheets.press()._typefaces)
    whole = sheets.press().draw(told.contents, bundle, told.private)
    for content, printed in zip(told.contents, whole.faces, strict=True):
        (face,) = sheets.press().draw([content], bundle).faces
        left_white = [entry for entry in content.entries if entry.text == NOT_COVERED]
        assert len(printed.texts) - len(face.texts) == len(left_white)
        missing = iter(places(printed))
        assert all(place in missing for place in places(face))
        if not left_white:
            assert (face.calm, face.lines) == (printed.calm, printed.lines)


def test_every_form_is_in_the_gallery() -> None:
    assert {compose(case.line, case.profile).form for case in cases().values()} == FORMS.keys()


def test_what_a_form_does_not_draw_is_a_fault() -> None:
    (content,) = told_of(Case(residence_line(FOUR))).contents
    first, *others = content.entries
    for entries in (
        (*content.entries, PageEntry("more", "", "signed and not printed")),
        tuple(others),
        (replace(first, label="本籍"), *others),
        (*content.entries, PageEntry("5.name", "氏名", "字")),
    ):
        with pytest.raises(ForeignPage):
            read_content(replace(content, entries=entries))
    with pytest.raises(ForeignPage, match="no form"):
        read_content(replace(content, form="residence-household/9"))
    with pytest.raises(ForeignPage, match="no form"):
        read_content(replace(content, form="seal-registration/1"))


def test_a_character_that_no_font_has_is_a_fault_when_drawn_again() -> None:
    (content,) = told_of(Case(residence_line(FOUR))).contents
    entries = tuple(replace(one, text="🏠") if one.name == "1.name" else one for one in content.entries)
    bundle = hold(PROFILE, sheets.press()._typefaces)
    with pytest.raises(ForeignPage, match="fonts"):
        sheets.press().draw([replace(content, entries=entries)], bundle)
