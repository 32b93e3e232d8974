"""A second model of printing and scanning, by people who do not know ours: augraphy (MIT), which only `make bench`
installs. Its parameters are its own defaults but where a comment says why."""

import random

import augraphy
import cv2
import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]
Grey = npt.NDArray[np.uint8]

DPI = 300
_LID = 100
"""Pixels of the scanner's lid around the sheet: turned, it stays whole."""


def take(printed: Bits, seed: int) -> Grey:
    """A picture at 300 dpi of a sheet, given as bits for a 600-dpi printer, True for toner."""
    height, width = (side // 2 for side in printed.shape)
    ink = cv2.resize(printed.view(np.uint8) * np.uint8(255), (width, height), interpolation=cv2.INTER_AREA)
    page = cv2.cvtColor(255 - ink, cv2.COLOR_GRAY2BGR)
    page = cv2.copyMakeBorder(page, _LID, _LID, _LID, _LID, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    # Its augmentations draw from both global generators; a seed for the pipeline alone does not reach them all.
    random.seed(seed)
    np.random.seed(seed)
    pipeline = augraphy.AugraphyPipeline(
        ink_phase=[augraphy.InkBleed(p=0.5), augraphy.InkMottling(p=0.3)],
        paper_phase=[],
        post_phase=[
            augraphy.SubtleNoise(p=0.7),
            # No page is scanned with less light than under a shadow of 40 %.
            augraphy.LightingGradient(min_brightness=153, p=0.5),
            augraphy.Geometric(rotate_range=(-3, 3), p=1),
            augraphy.Jpeg(quality_range=(60, 90), p=1),
        ],
    )
    seen = np.asarray(pipeline(page), dtype=np.uint8)
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY) if seen.ndim == 3 else seen, dtype=np.uint8)
