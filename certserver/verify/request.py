"""What the process that checks is asked, by whoever started it."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """`files` are inherited descriptors; `keys` raw public keys that were given by hand, `trust_list` the bytes of one
    that was opened already, or none; `bundles` and `fonts` are paths; `seconds` of a processor are for a document of
    one page."""

    files: tuple[int, ...]
    keys: tuple[bytes, ...]
    trust_list: bytes
    bundles: str
    fonts: tuple[str, ...]
    with_pictures: bool
    seconds: int


def write_request(request: Request) -> bytes:
    """As JSON."""
    told = {
        "files": request.files,
        "keys": [key.hex() for key in request.keys],
        "trust_list": b64encode(request.trust_list).decode("ascii"),
        "bundles": request.bundles,
        "fonts": request.fonts,
        "with_pictures": request.with_pictures,
        "seconds": request.seconds,
    }
    return json.dumps(told).encode("ascii")


def read_request(message: bytes) -> Request:
    """Back from JSON; it comes from ourselves."""
    told = json.loads(message)
    return Request(
        tuple(told["files"]),
        tuple(map(bytes.fromhex, told["keys"])),
        b64decode(told["trust_list"]),
        told["bundles"],
        tuple(told["fonts"]),
        told["with_pictures"],
        told["seconds"],
    )
