"""Compares the faces that pictures show with what the municipality signed for them. It judges nothing: what a
difference means for the document, `answers` says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from certserver.errors import CertServerError
from certserver.verify.bundles import BundleFolder, BundleMissing
from certserver.verify.closeup import MOST_CLOSEUPS, closeup
from certserver.verify.compare import Compared, Difference, Poor, compare
from certserver.verify.fonts import FontMissing, FontsAtHand
from certserver.verify.framed import framed
from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen, ground_seen
from certserver.verify.lens import as_through_a_lens
from certserver.verify.locate import locate
from certserver.verify.pictures import Picture
from certserver.verify.places import places
from certserver.verify.redraw import Redrawn, redraw
from certserver.verify.symbols import Found
from koufu.evidence.content import PageContent

Floats = npt.NDArray[np.float32]

MOST_OF_A_PAGE = 2
"""Pictures of one face that are looked at."""


class NotCompared(Enum):
    """Why a face could not be compared with a picture, though there is one."""

    NOT_LOCATED = "face-not-located"
    """Its corner marks were not found."""
    BUNDLE_MISSING = "bundle-missing"
    FONT_MISSING = "font-missing"
    FORM_UNKNOWN = "form-unknown"
    """This program has no form of that name and version."""


@dataclass(frozen=True, slots=True, repr=False)
class FaceShown:
    """For people, as PNG: the picture straightened with each difference framed, and the first `MOST_CLOSEUPS`
    differences large, in the order of their numbers."""

    framed: bytes
    closeups: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"<FaceShown, {len(self.closeups)} places>"


@dataclass(frozen=True, slots=True, repr=False)
class FaceChecked:
    """One picture of the face of a page (from 1): where it differs, or why that can't be said; what its ground looks
    like; the same for people to see, when that was wanted."""

    page: int
    problem: NotCompared | Poor | None
    detail: str
    differences: tuple[Difference, ...]
    ground: GroundSeen
    shown: FaceShown | None = None
    another: bool = False
    """Whether it shows something else altogether."""

    def __repr__(self) -> str:
        return f"<FaceChecked of page {self.page}, {len(self.differences)} differences>"

    @property
    def as_issued(self) -> bool:
        """Whether it was compared and nothing differs."""
        return self.problem is None and not self.differences


@dataclass(frozen=True, slots=True)
class Redrawing:
    """What pages are drawn again with, and whether pictures for people are wanted."""

    bundles: BundleFolder
    fonts: FontsAtHand
    with_pictures: bool = False


def faces_checked(
    contents: Sequence[PageContent], seen: Sequence[tuple[Picture, Found]], redrawing: Redrawing
) -> Iterator[FaceChecked]:
    """Each picture of a face against the page it is of. A picture without any code is tried as the face of pages whose
    face no other picture shows."""
    of_page = _by_page(contents, seen)
    codeless = [picture for picture, found in seen if not found.faces and found.seal_code is None and not found.broken]
    for content in contents:
        drawn = _drawn(content, redrawing)
        named = of_page[content.page]
        for picture in named[:MOST_OF_A_PAGE]:
            yield _checked(content, drawn, picture, redrawing)
        if named or isinstance(drawn, _Undrawn):
            continue
        for picture in codeless[:MOST_OF_A_PAGE]:
            checked = _checked(content, drawn, picture, redrawing)
            # Nothing but its looks says that it is this page: what does not look like it at all may be anything.
            if checked.problem is None and not checked.another:
                yield checked
                break


def _by_page(contents: Sequence[PageContent], seen: Sequence[tuple[Picture, Found]]) -> Mapping[int, list[Picture]]:
    """Pictures by the page that their face code names."""
    return {
        content.page: [
            picture
            for picture, found in seen
            if any((face.document_no, face.page) == (content.document_no, content.page) for face in found.faces)
        ]
        for content in contents
    }


@dataclass(frozen=True, slots=True)
class _Undrawn:
    problem: NotCompared
    detail: str


def _drawn(content: PageContent, redrawing: Redrawing) -> Redrawn | _Undrawn:
    try:
        bundle = redrawing.bundles.bundle_of(content)
        return redraw(content, bundle, redrawing.fonts.typefaces(bundle))
    except BundleMissing as error:
        return _Undrawn(NotCompared.BUNDLE_MISSING, str(error))
    except FontMissing as error:
        return _Undrawn(NotCompared.FONT_MISSING, str(error))
    except CertServerError as error:
        return _Undrawn(NotCompared.FORM_UNKNOWN, str(error))


def _checked(content: PageContent, drawn: Redrawn | _Undrawn, picture: Picture, redrawing: Redrawing) -> FaceChecked:
    if isinstance(drawn, _Undrawn):
        return FaceChecked(content.page, drawn.problem, drawn.detail, (), NOTHING_SEEN)
    raster = as_through_a_lens(picture.raster())
    located = locate(raster)
    if located is None:
        return FaceChecked(content.page, NotCompared.NOT_LOCATED, "", (), NOTHING_SEEN)
    compared = compare(drawn.expected, raster, located)
    differences = places(compared.differences)
    ground = _ground_of(compared, drawn)
    found = FaceChecked(content.page, compared.poor, "", differences, ground, another=compared.another)
    if redrawing.with_pictures and compared.seen is not None:
        return replace(found, shown=_shown(compared.seen, drawn, differences))
    return found


def _shown(seen: Floats, drawn: Redrawn, differences: Sequence[Difference]) -> FaceShown:
    signed = drawn.expected.raster
    return FaceShown(
        framed(seen, differences),
        tuple(closeup(seen, signed, difference.area) for difference in differences[:MOST_CLOSEUPS]),
    )


def _ground_of(compared: Compared, drawn: Redrawn) -> GroundSeen:
    return NOTHING_SEEN if compared.seen is None or compared.poor else ground_seen(compared.seen, drawn)
