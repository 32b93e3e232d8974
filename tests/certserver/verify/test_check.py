"""The whole check of a document but for its status, in this process: every side in any order, and files that never were
on paper."""

from pathlib import Path

import numpy as np
import pytest

from certserver.stages import RenderedDocument
from certserver.verify.answers import Answers, Content, answers
from certserver.verify.bundles import BundleFolder
from certserver.verify.faces import Redrawing
from certserver.verify.judge import Reason, trusted
from certserver.verify.pictures import Picture, pictures
from tests.support import sheets
from tests.support.paper_faces import fonts
from tests.support.paper_home import recipient, written
from tests.support.reading import check
from tests.support.specimens import KEY

pytestmark = pytest.mark.xdist_group("sheets")


def said(folder: Path, document: RenderedDocument, sides: list[Picture]) -> Answers:
    home = recipient(folder)
    home.holds(document)
    return answers(check(sides, trusted([KEY.raw_public_key]), Redrawing(BundleFolder(folder / "bundles"), fonts())))


def test_the_pages_of_a_document_may_come_in_any_order(tmp_path: Path) -> None:
    document = sheets.large_household()
    first, first_back, second, second_back = pictures(document.file)
    told = said(tmp_path, document, [second_back, first, second, first_back])
    assert (told.content, told.causes) == (Content.AS_ISSUED, ())
    told = said(tmp_path, document, [second_back, first, first_back])
    assert (told.content, [(one.why, one.page) for one in told.causes]) == (Content.BACK_VALID, [(Reason.NO_FACE, 2)])


def test_a_face_whose_code_is_covered_is_known_by_what_stands_on_it(tmp_path: Path) -> None:
    document = sheets.residence()
    face, back = sheets.sides(document.file)
    covered = face.copy()
    covered[3270:3430, 160:320] = 200
    sides = [pictures(written(one, tmp_path / f"{at}.png").read_bytes())[0] for at, one in enumerate((covered, back))]
    told = said(tmp_path, document, sides)
    assert (told.content, told.places) == (Content.AS_ISSUED, ())
    blank = pictures(written(np.full_like(face, 255), tmp_path / "blank.png").read_bytes())[0]
    assert said(tmp_path, document, [blank, sides[1]]).content is Content.BACK_VALID


@pytest.mark.parametrize("name", ["disaster-victim-medium-half", "residence-variants"])
def test_a_file_that_never_was_on_paper_is_as_issued(name: str, tmp_path: Path) -> None:
    document = sheets.of_case(name)
    told = said(tmp_path, document, list(pictures(document.file)))
    assert (told.content, told.places) == (Content.AS_ISSUED, ())


@pytest.mark.parametrize("name", ["disaster-victim-household-of-nine", "income-tax"])
def test_another_renderer_s_sharp_picture_of_a_file_is_as_issued(name: str, tmp_path: Path) -> None:
    # Boxes to be ticked and single digits are thin strokes far from other text: what is laid beside its place shows
    # there first.
    document = sheets.of_case(name)
    files = [
        written(side, tmp_path / f"{at}.png") for at, side in enumerate(sheets.grey_by_poppler(document.file, 600))
    ]
    told = said(tmp_path, document, [picture for file in files for picture in pictures(file.read_bytes())])
    assert (told.content, told.places) == (Content.AS_ISSUED, ())
