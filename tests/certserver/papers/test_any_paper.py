"""Whatever is told, a paper says exactly that or is refused by field; whatever is handed over as a photo, nothing
breaks."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from certserver.applications.form import FIELDS
from certserver.papers.jpeg import read_jpeg
from certserver.papers.press import DrawnPaper, Undrawable
from tests.support.papers import USUAL, application, jpeg, press, said_on

TEXTS = st.text(min_size=1, max_size=60) | st.text(
    "見本町山田辺渡邉澤アイウ 　１２ＡＢab12\U000e0100\U000e0102", min_size=1, max_size=60
)
SHOWN = ("address", "intent-witness", "name", "name-kana", "phone", "representative-address", "representative-name")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), TEXTS, max_size=8))
def test_any_form_is_drawn_or_refused_by_its_fields(fields: dict[str, str]) -> None:
    made = press().draw(application(fields))
    if isinstance(made, Undrawable):
        assert made.fields
        # Two rows say two fields each, and are called by one.
        assert set(made.fields) <= set(fields) | {"occasion", "photo-exception-reason"}
    else:
        assert isinstance(made, DrawnPaper)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHOWN), st.text("見本町山田辺渡邉澤アイウ12ab\U000e0100\U000e0102", min_size=1, max_size=50))
def test_i10_what_is_drawn_is_what_was_told(field: str, text: str) -> None:
    paper = application({**USUAL, field: text})
    if isinstance(press().draw(paper), DrawnPaper):
        assert text in said_on(paper)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 600), st.integers(0, 600))
@example(b"", 0, 0)
def test_no_bytes_break_the_reading_of_a_photo(noise: bytes, at: int, cut: int) -> None:
    whole = jpeg(60, 80)
    for content in (b"\xff\xd8" + noise, whole[:at] + noise + whole[at:], whole[:cut]):
        found = read_jpeg(content)
        assert found is None or (found.width > 0 and found.height > 0)
