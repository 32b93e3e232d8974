"""The comparison behind the checking page, by the real check: a scan is as issued, one with a changed face is not."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from certserver.checking.parts import ComparedPictures
from certserver.composition.bundle_files import BundleFiles
from certserver.composition.clock import SystemClock, elapsed
from certserver.composition.comparing import ConfinedComparison
from certserver.documents.bundles import hold
from certserver.ledger.book import open_book
from certserver.pipeline.bundles import keep_bundles
from koufu.evidence.bundle import SignedBundle
from tests.support import sheets
from tests.support.checking_page import CENTRE_RAW, Shelf
from tests.support.paper_model import Capture, take
from tests.support.server import a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.specimens import KEY, PROFILE

pytestmark = pytest.mark.xdist_group("sheets")


def packed(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def answer_of(found: ComparedPictures) -> object:
    content = found.reports["ja"]["content"]
    assert isinstance(content, dict)
    return content["answer"]


def test_a_face_is_compared_with_what_was_signed(tmp_path: Path) -> None:
    face, back = (
        Image.fromarray(take(sheets.printed_dots(sheets.residence().file, side), Capture.SCAN_300, 1203).raster)
        for side in (0, 1)
    )
    held = hold(PROFILE, sheets.press()._typefaces)
    evidence = held.bundle.to_bytes()
    with a_server(tmp_path) as server:
        with server.database.writing() as connection, open_book(connection, MUNICIPALITY):
            keep_bundles(connection, MUNICIPALITY, [SignedBundle(evidence, KEY.sign_bundle(evidence))], 0)
        bundles = BundleFiles(tmp_path / "bundles")
        comparison = ConfinedComparison(server.database, Shelf(), CENTRE_RAW, bundles, (), SystemClock(), elapsed)
        as_issued = comparison.compare([packed(face), packed(back)])
        ImageDraw.Draw(face).rectangle((500, 700, 900, 760), fill=255)
        altered = comparison.compare([packed(face), packed(back)])
        nothing = comparison.compare([b"no picture"])
    answers = [answer_of(found) for found in (as_issued, altered, nothing)]
    assert answers == ["as-issued", "altered", "unreadable"]
    # Each bundle is written once, whoever asks.
    assert len(bundles) == 1
    assert altered.faces[0].framed.startswith(b"\x89PNG")
