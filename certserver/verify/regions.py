"""Spots of a face that are off, put together to regions."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from certserver.verify.expected import Area
from certserver.verify.overlay import PIXEL_MM, Floats
from certserver.verify.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Region:
    """`strength`: 1 at the threshold; `missing` and `added`: how much ink, in square millimetres."""

    area: Area
    strength: float
    missing: float
    added: float


def regions(spots: Floats, limits: Thresholds) -> Iterator[Region]:
    """Spots of one sign that hang together, heavy enough, and joined with their neighbours. `spots`: how far off each
    is, negative where ink is missing, 0 where nothing is."""
    kept = np.zeros(spots.shape, dtype=np.uint8)
    for sign in (-1, 1):
        here = np.maximum(spots * np.float32(sign), 0)
        count, labels = cv2.connectedComponents((here > 0).astype(np.uint8))
        there = np.flatnonzero(here)
        heavy = np.bincount(labels.ravel()[there], here.ravel()[there], count) >= limits.weight
        kept.ravel()[there] |= heavy[labels.ravel()[there]].astype(np.uint8)
    if not kept.any():
        return
    weights = spots * kept
    reach = round(limits.joined_mm / PIXEL_MM) | 1
    joined = cv2.dilate(kept, np.ones((reach, reach), dtype=np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    pixel = PIXEL_MM**2
    for number in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[number])
        box = (slice(top, top + height), slice(left, left + width))
        inside = np.where(labels[box] == number, weights[box], 0)
        area = Area(*(edge * PIXEL_MM for edge in (left, top, left + width, top + height)))
        missing, added = float((inside < 0).sum()) * pixel, float((inside > 0).sum()) * pixel
        yield Region(area, float(np.abs(inside).sum()) / limits.weight, missing, added)
