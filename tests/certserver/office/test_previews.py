"""A preview shows what the draft says, on the real sheet, and can't be taken for a document."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from certserver.composition.previews import LateSampleDrawer
from certserver.demo.artwork import official_seal
from certserver.documents.forms import forms_of
from certserver.errors import NoSuchEntry
from certserver.office.settings.content import Content
from certserver.office.settings.preview import Preview, Previews, preview
from koufu.evidence.words import CertificateKind
from tests.support.office import approvers_desk, drafters_desk
from tests.support.server import ServerForTests, a_server
from tests.support.setting_drafts import proposed, settled, with_kind, with_profile

DRAWER = LateSampleDrawer()
"""Loads its fonts once."""

pytestmark = pytest.mark.xdist_group("previews")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerForTests]:
    with a_server(tmp_path_factory.mktemp("previews"), demo=True) as made:
        yield made


def picture(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("L"))


def shown(
    server: ServerForTests, number: int | None = None, kind: CertificateKind = CertificateKind.RESIDENCE
) -> Preview:
    made = preview(drafters_desk(server), DRAWER, number, kind, whole=True)
    assert isinstance(made, Preview)
    return made


@pytest.mark.parametrize("kind", [kind for kind in CertificateKind if forms_of(kind)])
def test_every_kind_has_a_sample(server: ServerForTests, kind: CertificateKind) -> None:
    made = shown(server, kind=kind)
    assert len(made.sides) % 2 == 0
    assert made.pdf.startswith(b"%PDF-")
    assert all(picture(side).shape == (1754, 1240) for side in made.sides)


def test_a_draft_shows_its_seal_and_its_mayor(server: ServerForTests) -> None:
    desk = drafters_desk(server)
    stands = picture(shown(server).sides[0])
    seal = proposed(desk, Content(), seal=official_seal(("見本県", "見本市", "長職務")))
    mayor = proposed(desk, with_profile(desk, mayor_name="見本　次郎"))
    for draft in (seal, mayor):
        differs = picture(shown(server, draft.number).sides[0]) != stands
        assert 50 < differs.sum() < differs.size // 10


def test_no_code_of_a_preview_can_be_read_by_its_own_key(server: ServerForTests) -> None:
    made = shown(server)
    codes = [code for side in made.sides for code in zxingcpp.read_barcodes(picture(side))]
    raw = server.municipal_key.public_key.public_bytes_raw()
    assert not any(raw[:8] in code.bytes for code in codes)
    assert server.municipal_key.key_id not in made.pdf


def test_a_preview_bears_its_mark_in_red(server: ServerForTests) -> None:
    for side in shown(server).sides:
        colours = np.asarray(Image.open(BytesIO(side)).convert("RGB")).astype(int)
        assert ((colours[:, :, 0] - colours[:, :, 1]) > 40).sum() > 50_000


def test_there_is_no_preview_of_a_draft_of_nobody(server: ServerForTests) -> None:
    with pytest.raises(NoSuchEntry):
        shown(server, 99)


def test_a_sample_is_made_anew_once_another_profile_counts(server: ServerForTests) -> None:
    drafter, previews = drafters_desk(server), Previews(DRAWER)
    draft = proposed(drafter, with_kind(drafter, CertificateKind.RESIDENCE, fee=350))
    later = with_profile(drafter, mayor_name="見本　三郎")
    settled(drafter, approvers_desk(server), later, effective_at=drafter.now() + 3600)

    def face() -> bytes:
        made = previews.of(drafters_desk(server), draft.number, CertificateKind.RESIDENCE, whole=True)
        assert isinstance(made, Preview)
        return made.sides[0]

    before = face()
    assert face() is before
    server.clock.advance(3600)
    assert face() != before
