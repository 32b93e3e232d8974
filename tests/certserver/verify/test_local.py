"""What a printer and a lens do to several characters alike is explained; what a forger does to one never is."""

import cv2
import numpy as np
import pytest

from certserver.verify.local import Floats, unexplained

MM = 25.4 / 150
NOISE = 0.02


def written(text: str) -> Floats:
    """Some lines of text at 150 dpi, as soft as a scan shows them."""
    page = np.zeros((240, 400), dtype=np.uint8)
    for row in range(6):
        line = text if row == 3 else "2718281828"
        cv2.putText(page, line, (20, 40 * row + 30), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 1.0) / np.float32(255), dtype=np.float32)


def left_of(must: Floats, seen: Floats) -> Floats:
    edges = cv2.morphologyEx(must, cv2.MORPH_GRADIENT, np.ones((3, 3), dtype=np.uint8))
    near = (cv2.dilate(must, np.ones((5, 5), dtype=np.uint8)) > 0.1).astype(np.float32)
    return unexplained(must, np.asarray(edges, dtype=np.float32), seen - must, near, NOISE, MM) * near


def energy(values: Floats) -> float:
    return float(np.square(values).sum())


@pytest.mark.parametrize("moved", [(0.5, 0.0), (0.0, -0.5), (0.4, 0.4)])
def test_a_small_move_and_paler_ink_are_explained(moved: tuple[float, float]) -> None:
    must = written("2718281828")
    shift = np.array([[1, 0, moved[0]], [0, 1, moved[1]]], dtype=np.float64)
    seen = cv2.warpAffine(must, shift, (must.shape[1], must.shape[0])).astype(np.float32) * np.float32(0.9)
    assert energy(left_of(must, seen)) < 0.15 * energy(seen - must)


@pytest.mark.parametrize("forged", ["2718381828", "2718281823", "2778281828"])
def test_another_character_is_not(forged: str) -> None:
    must, seen = written("2718281828"), written(forged)
    assert energy(left_of(must, seen)) > 0.8 * energy(seen - must)


def test_a_blank_page_is_left_as_it_is() -> None:
    nothing = np.zeros((240, 400), dtype=np.float32)
    assert not left_of(nothing, nothing).any()
