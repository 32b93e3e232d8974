"""What a document would look like under a draft: a sample drawn by the real press, marked 見本, under a key that nobody
trusts. No register is read, and nothing of it can pass for a document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw, ImageFont

from certserver import font_files
from certserver.errors import NoSuchEntry
from certserver.ledger.state import read_state
from certserver.municipality import MunicipalityProfile
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.office.settings.content import Standing
from certserver.office.settings.draft_rows import Draft, read_draft
from certserver.office.settings.entering import changed_profile, standing
from certserver.office.settings.samples import sample
from certserver.signing.municipal import MunicipalKey
from certserver.signing.pages import PageSigner
from certserver.signing.signers import SoftSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused
from koufu.evidence.numbers import RANDOM_BYTES, document_number
from koufu.evidence.words import CertificateKind
from koufu.ground.profiles import USUAL

DPI = 150
"""Enough to read the smallest line on a screen."""

KEPT = 4
"""Previews, each some megabyte."""

_NO_DOCUMENT = document_number(bytes(RANDOM_BYTES))
"""A number that is never drawn: real ones are random."""

_MARK = "見本"
_TOLD = "設定の見本です。証明書ではありません。"
_RED = (190, 0, 30)
_STRENGTH = 88
"""Of 255: the page under the mark can be read, and the mark can't be overlooked."""


class SampleDrawer(Protocol):
    """The real press, one sample at a time."""

    def sides(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> Sequence[Image.Image] | Refused:
        """Face and back of each page in turn, at `DPI`; or why it can't be made. Raises `ConfigurationError` when the
        municipality's own settings can't be printed."""
        ...


@dataclass(frozen=True, slots=True)
class Preview:
    """The sides of a sample, marked, as pictures (PNG) and as one file (PDF)."""

    sides: tuple[bytes, ...] = field(repr=False)
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a sample is made under, as one transaction sees it; `key` differs wherever a sample could."""

    profile: MunicipalityProfile
    key: str


def preview(
    desk: Desk, drawer: SampleDrawer, number: int | None, kind: CertificateKind, *, whole: bool
) -> Preview | Refused:
    """A sample of a kind under a draft, or under what stands now where no number is given. Raises `NoSuchEntry`
    where there is no such draft, `ConfigurationError` where there is no profile, or no clause for the kind."""
    return _drawn(desk, drawer, _look(desk, number).profile, kind, whole=whole)


class Previews:
    """Previews of one console, the last few of them kept: a page asks for each side by itself. Safe to share between
    threads: what is kept is replaced whole, never changed."""

    def __init__(self, drawer: SampleDrawer) -> None:
        self._drawer = drawer
        self._kept: dict[tuple[str, str, CertificateKind, bool], Preview | Refused] = {}

    def of(self, desk: Desk, number: int, kind: CertificateKind, *, whole: bool) -> Preview | Refused:
        """As `preview`, of a draft as it stands."""
        looked = _look(desk, number)
        key = (desk.municipality, looked.key, kind, whole)
        found = self._kept.get(key)
        if found is None:
            found = _drawn(desk, self._drawer, looked.profile, kind, whole=whole)
            last = list(self._kept.items())[1 - KEPT :]
            self._kept = {**dict(last), key: found}
        return found


def _look(desk: Desk, number: int | None) -> _Looked:
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        state = read_state(connection, desk.municipality)
        draft = None if number is None else read_draft(connection, desk.municipality, number)
        if state is None or (draft is None) is not (number is None):
            raise NoSuchEntry(f"{desk.municipality} has no draft {number}")
        stood = standing(connection, state)
    profile = _profile(stood, draft, desk.now())
    # Another profile begins to count without any change of the draft or of the settings.
    draws = "" if draft is None else draft.fingerprint
    return _Looked(profile, f"{state.settings_revision} {profile.since} {draws}")


def _drawn(
    desk: Desk, drawer: SampleDrawer, profile: MunicipalityProfile, kind: CertificateKind, *, whole: bool
) -> Preview | Refused:
    signer = MunicipalKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(desk.entropy(32))))
    stamp = DocumentStamp(0, 0, _NO_DOCUMENT, desk.now(), USUAL.profile_id)
    try:
        drawn = drawer.sides(sample(kind, whole=whole), profile, stamp, signer)
    except LookupError as error:
        raise Objected(Objection.CLAUSE_MISSING, kind=kind) from error
    return drawn if isinstance(drawn, Refused) else marked(drawn)


def marked(sides: Sequence[Image.Image]) -> Preview:
    """Sides with the mark across each."""
    done = [_marked(side) for side in sides]
    return Preview(tuple(map(_png, done)), _pdf(done))


def _profile(stood: Standing, draft: Draft | None, now: int) -> MunicipalityProfile:
    if draft is None:
        profile = stood.profile(now)
    else:
        at = draft.effective_at or now
        profile = changed_profile(stood, draft.content, draft.official_seal, draft.difference.subjects, at)
    if profile is None:
        raise Objected(Objection.NO_PROFILE)
    return profile


def _marked(side: Image.Image) -> Image.Image:
    page = side.convert("RGB")
    mask = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(mask)
    # Small ones everywhere: no part of a sheet, its official seal least of all, is without one.
    small, step = _font(page.width // 20), page.width // 6
    for row, y in enumerate(range(0, page.height + step, step)):
        for x in range(-step if row % 2 else -step // 2, page.width + step, step):
            draw.text((x, y), _MARK, font=small, fill=_STRENGTH // 2, anchor="mm")
    centre = (page.width / 2, page.height / 2)
    draw.text(centre, _MARK, font=_font(page.width // 3), fill=_STRENGTH, anchor="mm")
    page.paste(Image.new("RGB", page.size, _RED), mask=mask.rotate(30))
    top = (page.width / 2, page.width // 40)
    ImageDraw.Draw(page).text(top, _TOLD, font=_font(page.width // 42), fill=_RED, anchor="mm")
    return page


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_files.installed(font_files.GOTHIC_BOLD), size)


def _png(page: Image.Image) -> bytes:
    written = BytesIO()
    page.save(written, "PNG")
    return written.getvalue()


def _pdf(pages: Sequence[Image.Image]) -> bytes:
    written = BytesIO()
    pages[0].save(written, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    return written.getvalue()
