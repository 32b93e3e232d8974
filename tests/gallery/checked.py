"""Draws how a check looks, for people to see: a modelled photograph of a sheet in which a digit and a name's character
were changed, and beside it what the check makes of it. `python -m tests.gallery.checked FILE`. Fictional data only."""

from argparse import ArgumentParser
from pathlib import Path

import cv2
import numpy as np

from certserver.verify.compare import compare
from certserver.verify.framed import framed
from certserver.verify.locate import locate
from certserver.verify.places import places
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_faces import face
from tests.support.paper_model import Capture, take

HEIGHT, GAP = 1100, 24
SEED = 5


def draw(file: Path) -> None:
    """Writes the picture. Raises `OSError`."""
    specimen = face("residence")
    rng, bits = np.random.default_rng(SEED), specimen.printed
    for kind in (Forgery.DIGIT, Forgery.CHARACTER):
        forged = forge(specimen, kind, rng, bits)
        assert forged is not None
        bits = forged.printed
    photo = take(bits, Capture.PHOTO, SEED).raster
    located = locate(photo)
    assert located is not None
    compared = compare(specimen.expected, photo, located)
    assert compared.seen is not None
    found = cv2.imdecode(np.frombuffer(framed(compared.seen, places(compared.differences)), np.uint8), cv2.IMREAD_COLOR)
    assert found is not None
    upright = photo if photo.shape[0] > photo.shape[1] else np.rot90(photo)
    sides = [cv2.cvtColor(np.ascontiguousarray(upright), cv2.COLOR_GRAY2BGR), found]
    sizes = [(one.shape[1] * HEIGHT // one.shape[0], HEIGHT) for one in sides]
    small = [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one, size in zip(sides, sizes, strict=True)]
    gap = np.full((HEIGHT, GAP, 3), 255, dtype=np.uint8)
    _, packed = cv2.imencode(".jpg", np.hstack((small[0], gap, small[1])), [cv2.IMWRITE_JPEG_QUALITY, 88])
    file.write_bytes(packed.tobytes())


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    draw(arguments.parse_args().file)
