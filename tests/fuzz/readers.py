"""The readers of what stands on paper or comes as a picture, for the campaign that follows lines: those of `targets`,
and beside them what lies behind a signature, and files of pictures."""

import io
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from certserver.verify.pictures import UnreadablePicture
from koufu.evidence.errors import EvidenceError
from koufu.evidence.sealcode import deflate, open_payload, seal_payload, signed_bytes
from tests.fuzz.targets import Target, targets
from tests.support.reading import rasters

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
_FORMATS = ("PNG", "TIFF", "JPEG")
_SIDE = 24


def readers(root: Path) -> dict[str, Target]:
    """By name."""
    found = {target.name: target for target in targets(root)}
    contents = tuple(deflate(page) for page in found["page"].seeds)
    return found | {
        "payload": Target("payload", contents, _payload, (EvidenceError,)),
        "picture": Target("picture", _files(), _picture, (UnreadablePicture,)),
    }


def _payload(deflated: bytes) -> object:
    """What a municipality signed, however it came to."""
    payload = seal_payload(deflated, bytes(8), _KEY.sign(signed_bytes(deflated)))
    return open_payload(payload, _KEY.public_key())


def _picture(content: bytes) -> object:
    return [raster.shape for raster in rasters(content)]


def _files() -> tuple[bytes, ...]:
    """One of each kind, as small as it gets."""
    files = []
    for kind in _FORMATS:
        kept = io.BytesIO()
        Image.linear_gradient("L").resize((_SIDE, _SIDE)).save(kept, kind)
        files.append(kept.getvalue())
    document = pdfium.PdfDocument.new()
    document.new_page(_SIDE, _SIDE)
    kept = io.BytesIO()
    document.save(kept)
    return (*files, kept.getvalue())
