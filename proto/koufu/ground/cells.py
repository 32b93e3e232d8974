"""Cells of the ground made into dots of a 600-dpi printer. Only 1-bit pictures leave this module."""

import numpy as np
import numpy.typing as npt

from koufu.ground.cell import CellProfile

Bits = npt.NDArray[np.bool_]


def ink(profile: CellProfile, background: Bits, message: Bits) -> Bits:
    """The dots of a field, True for ink. `background` and `message`: which cells are such, as (rows, columns); a cell
    that is neither stays white."""
    side = profile.cell
    rows, columns = background.shape
    picture = np.zeros((rows, side, columns, side), dtype=np.bool_)
    for cells, kind in ((background, profile.background), (message, profile.message)):
        for x, y, width, height in kind.bars:
            picture[:, y : y + height, :, x : x + width] |= cells[:, None, :, None]
    return picture.reshape(rows * side, columns * side)
