"""Takes the picture of an official seal from a browser: opened in a process of its own, and made anew from its dots, so
that nothing else of what was sent is ever kept or opened here."""

import os
import subprocess
import sys
from io import BytesIO

from PIL import Image

from certserver.antiforgery.paper import dots
from certserver.documents.certification import OFFICIAL_SEAL_MM
from certserver.objections import Objected, Objection
from certserver.office.settings.seal_alone import SIZE
from certserver.verify.confinement import ENVIRONMENT

_WAITS_S = 20.0
_SIDE = dots(OFFICIAL_SEAL_MM)
_LENGTH = SIZE.size + _SIDE * ((_SIDE + 7) // 8)


def own_picture(sent: bytes) -> bytes:
    """The same dots in a PNG of our own. Raises `ConfigurationError` for whatever is no 1-bit PNG of a seal's size."""
    try:
        done = subprocess.run(
            # -P: nothing is taken for a module because it lies in the folder that somebody happens to be in.
            (sys.executable, "-P", "-m", "certserver.office.settings.seal_alone"),
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
            timeout=_WAITS_S,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _no_seal() from error
    told = done.stdout
    if done.returncode != 0 or len(told) != _LENGTH or SIZE.unpack_from(told) != (_SIDE, _SIDE):
        raise _no_seal()
    written = BytesIO()
    Image.frombytes("1", (_SIDE, _SIDE), told[SIZE.size :], "raw", "1;I").save(written, "PNG")
    return written.getvalue()


def _no_seal() -> Objected:
    return Objected(Objection.SEAL_PICTURE, side=_SIDE, mm=round(OFFICIAL_SEAL_MM))
