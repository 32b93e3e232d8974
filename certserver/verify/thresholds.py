"""Where the comparison of a picture with a face draws its lines. Each is chosen on pictures of
`tests.support.paper_model` with seeds 0 to 999, and on no others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """ "Ink" is a share of full ink as this picture shows it; strays are how far spots usually lie off in this very
    picture (sigma), so that a sharp picture shows less than a blurred one hides."""

    rise: float = 5.0
    """How many strays a spot near expected ink must be off to count."""
    weight: float = 24.0
    """How much such spots must weigh together: pixels of 150 dpi times how many strays each is beyond `rise`."""
    least_stray: float = 0.03
    most_stray: float = 0.10
    """No picture strays less (ink), and what strays more is not believed."""
    bare: float = 0.3
    """How much ink dots of the ground may add beside long rules and within official seals, where it has no halo."""
    rules: float = 0.3
    """How much ink may be missing of long rules, which come out thinner than characters by as much toner."""
    unlike: float = 0.9
    """How much of the ink's own structure (its square) may lie off over a character: 1 when it is not there at all."""
    far_rise: float = 0.18
    """How much denser than the ground around a spot without any expected ink must be (ink)."""
    far_weight: float = 3.0
    """As `weight`, in times of `far_rise`."""
    far_line: float = 1.7
    """How many times stronger than lines of the ground a line of ink far from expected ink must be."""
    far_least: float = 0.11
    """No ground has weaker lines (ink)."""
    towards: float = 0.65
    """How far from the right form to another (see `Likelier`) a picture must be to show the other."""
    least_sure: float = 6.0
    """From how many times what is left unexplained a picture must show the other form."""
    joined_mm: float = 0.8
    """Spots nearer to each other than that are one difference."""
    least_pixels_per_mm: float = 5.9
    most_outside: float = 0.04
    least_gain: float = 0.2
    most_noise: float = 0.25
    least_likeness: float = 0.55
    most_blur: float = 2.35
    """Beyond these a picture is unreadable: pixels, share of the sheet outside, how dark full ink is, noise (ink), how
    well all ink fits, and blur (sigma) in pixels of 300 dpi. From a blur of 2.4 on, characters are taken for others."""
    many: int = 20
    """With more differences, it is looked whether the sheet only lies beside its place."""
    beside: float = 0.17
    mostly_beside: float = 0.6
    """Of the blocks that are not in their place, how many lie near it on a bent sheet: where nothing fits, and
    where most does. On sheets bent by 4 to 13 mm it is a fifth to all; on pages with nothing in common an eighth, and
    half of them where pages have a table in common."""


THRESHOLDS = Thresholds()
