"""A small part of `make names` with every test run, and that its judges see what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from certserver.documents.forms import compose
from certserver.documents.residence import ResidenceDocument
from tests.names import judge
from tests.names.campaign import Campaign, Tally
from tests.names.repertoire import BIZ_UD, IPAMJ, Repertoire
from tests.support import sheets
from tests.support.specimens import KENGO, PROFILE, household, residence_line

pytestmark = pytest.mark.xdist_group("sheets")


@pytest.mark.parametrize("fonts", [(IPAMJ,), (IPAMJ, BIZ_UD)], ids=["one font", "two fonts"])
def test_i10_fuzzed_names_are_read_back_exactly_or_refused_for_a_reason(fonts: tuple[Path, ...]) -> None:
    tally = Tally()
    Campaign(fonts).run(0, 52, tally)
    assert tally.wrong == []
    assert tally.counts["residents"] == 52
    assert tally.counts["refused character-missing"] == 3


def named(name: str) -> ResidenceDocument:
    document = compose(residence_line(household(replace(KENGO, name=name))), PROFILE)
    assert isinstance(document, ResidenceDocument)
    return document


def test_the_judges_see_another_name_and_another_variant() -> None:
    printed, wanted = named("辻\U000e0102　健吾"), named("辻\U000e0103　健吾")
    file = sheets.render(printed).file
    one = Repertoire((IPAMJ,))
    assert not list(judge.wrong_text(file, printed))
    assert not list(judge.wrong_glyphs(file, one))
    assert not list(judge.wrong_pixels(file, printed, one))
    assert len(list(judge.wrong_text(file, wanted))) == 2


def test_the_judges_see_another_glyph_than_the_text_says() -> None:
    document = named("辻\U000e0102　健吾")
    mistaken = Repertoire((IPAMJ,))
    glyphs = mistaken._glyphs[0]
    glyphs["辻\U000e0102"] = glyphs["辻"]
    file = sheets.render(document).file
    assert list(judge.wrong_glyphs(file, mistaken)) == ["U+8FBB U+E0102 has another glyph"]
    assert set(judge.wrong_pixels(file, document, mistaken)) == {"U+8FBB U+E0102 looks different"}
