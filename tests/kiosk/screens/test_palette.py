"""Contrast of every pair that is ever drawn, by the formula of WCAG 2.2."""

import pytest

from kiosk.screens.palette import CONTRAST, STANDARD, Palette


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [STANDARD, CONTRAST])
def test_words_can_be_read_on_their_ground(palette: Palette) -> None:
    for ground in (palette.paper, palette.desk, palette.tint, palette.face):
        assert _ratio(palette.ink, ground) >= 7
        assert _ratio(palette.quiet, ground) >= 7
    for ground in (palette.paper, palette.desk):
        assert _ratio(palette.success, ground) >= 4.5
        assert _ratio(palette.error, ground) >= 4.5
    assert _ratio(palette.on_go, palette.go) >= 7
    assert _ratio(palette.pin_ink, palette.pin_face) >= 7


@pytest.mark.parametrize("palette", [STANDARD, CONTRAST])
def test_edges_can_be_seen(palette: Palette) -> None:
    for ground in (palette.paper, palette.desk):
        assert _ratio(palette.edge, ground) >= 4.5
        assert _ratio(palette.go, ground) >= 4.5
    assert _ratio(palette.pin_face, palette.shield) >= 7
    assert _ratio(palette.focus_outer, palette.paper) >= 3


def test_high_contrast_is_high() -> None:
    assert _ratio(CONTRAST.ink, CONTRAST.paper) == pytest.approx(21, abs=0.01)
    assert _ratio(CONTRAST.go, CONTRAST.paper) >= 14
