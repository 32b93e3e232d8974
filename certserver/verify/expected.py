"""What a face must look like: drawn again from what the municipality signed, without ground. Whoever draws it and
whoever compares it with a picture agree here."""

from dataclasses import dataclass

from certserver.antiforgery.paper import DPI, MM_PER_INCH, Box
from certserver.verify.pictures import Raster


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the sheet in mm from its top left corner; `right` and `bottom` are its far edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area", within: float = 0.0) -> bool:
        """Whether the two overlap, or come nearer to each other than `within` mm."""
        across = self.left - within < other.right and other.left < self.right + within
        return across and self.top - within < other.bottom and other.top < self.bottom + within


def area_of(box: Box) -> Area:
    """A box in dots, in mm."""
    return Area(*(edge * MM_PER_INCH / DPI for edge in (box.left, box.top, box.right, box.bottom)))


@dataclass(frozen=True, slots=True)
class NamedArea:
    """Where an entry of the signed content stands."""

    name: str
    area: Area


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OtherForm:
    """A piece of the face as it would look with another form of one of its characters: `raster` as in `Expected`, at
    the same resolution, its top left pixel at (`left`, `top`) of the face's raster."""

    name: str
    left: int
    top: int
    raster: Raster

    def __repr__(self) -> str:
        return f"<OtherForm in {self.name}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Expected:
    """A face as it must look. `raster`: grey at `dpi`, (row, column), 255 for paper, ink by the share it covers of a
    pixel, everything a person reads, lines, marks, code and seals, but no ground. `private`: where something stands
    that is not signed and so not drawn. `bare`: where ink stands on the ground without a halo, as an official seal
    does. `others`: what characters must not be taken for, at 300 dpi."""

    raster: Raster
    dpi: int
    entries: tuple[NamedArea, ...] = ()
    private: tuple[NamedArea, ...] = ()
    bare: tuple[Area, ...] = ()
    others: tuple[OtherForm, ...] = ()

    def __repr__(self) -> str:
        return f"<Expected {self.raster.shape[1]}x{self.raster.shape[0]} at {self.dpi} dpi>"
