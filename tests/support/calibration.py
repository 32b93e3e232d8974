"""Calibration sheets as a flatbed scanner shows them: the model of the paper, without a hand's shadow on the glass."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.calibration.measure import Measured, measure
from kiosk.calibration.plan import plan_for
from kiosk.calibration.scans import Grey
from kiosk.calibration.sheet import face
from kiosk.composition.settings import example
from tests.support.paper_model import LIMITS, Capture, take

GLASS = replace(LIMITS, shadow=0.05)


@cache
def scan(dpi: int, capture: Capture, seed: int) -> Grey:
    """The sheet for that resolution, printed and captured with that seed."""
    return take(face(plan_for(dpi)), capture, seed, GLASS).raster


@cache
def measured(dpi: int, capture: Capture, seed: int) -> Measured:
    """What is measured in that scan."""
    return measure(scan(dpi, capture, seed))


def copy_measured(dpi: int, seed: int) -> Measured:
    """What is measured in that copy."""
    return measured(dpi, Capture.PHOTOCOPY, _printed_alike(seed))


def copy_of(dpi: int, seed: int) -> Grey:
    """A copy of what `scan` shows at 600 dpi, scanned: of all copies one from a printer that prints just as heavily."""
    return scan(dpi, Capture.PHOTOCOPY, _printed_alike(seed))


@cache
def _printed_alike(seed: int) -> int:
    printer = moved(Capture.SCAN_600, seed)
    return min(range(2000), key=lambda each: abs(moved(Capture.PHOTOCOPY, each) - printer))


def moved(capture: Capture, seed: int) -> float:
    """By how many dots the printer of that seed moves an edge: the model's first draw."""
    chance = np.random.default_rng([seed, list(Capture).index(capture)])
    return float(chance.uniform(-0.5, 0.5) * LIMITS.toner_dots)


def stored(picture: Grey, file: Path) -> Path:
    """The picture as a file of the kind that its name says."""
    Image.fromarray(picture).save(file, compress_level=1)
    return file


def settings_file(folder: Path, **changed: str) -> Path:
    """A whole settings file of virtual devices with all its comments, and these settings changed."""
    virtual = dict.fromkeys(("cash", "sensors", "slip_printer", "printer"), "virtual:")
    text = example()
    for name, value in ({"municipality": "992011", "card_reader": "virtual"} | virtual | changed).items():
        text = re.sub(rf'^#?{name} = ".*"$', f'{name} = "{value}"', text, flags=re.MULTILINE)
    file = folder / "kiosk.toml"
    file.write_text(re.sub(r'^(\w+) = ""$', r'\1 = "x"', text, flags=re.MULTILINE))
    return file
