"""The recipients' page served for a browser of tests, with whatever trust list, ledger and comparison a test wants."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.checking.app import checking_app
from certserver.checking.parts import CheckingParts, ComparedPictures, Comparison
from certserver.composition.clock import elapsed
from certserver.composition.comparing import compared
from certserver.pipeline.sheet_status import SheetStatus
from certserver.signing.municipal import CentreKey, MunicipalKey
from certserver.signing.signers import SoftSigner
from koufu.evidence.trustlist import ListedKey, Period, Signatory, TrustList
from tests.support.paper_home import recipient
from tests.support.specimens import ISSUED_AT, KEY, PROFILE
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list

END_OF_2099 = 4_102_412_399
CENTRE_RAW = CENTRE.public_key.public_bytes_raw()
STRANGER = MunicipalKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))))
"""A key that no list names."""

ANOTHER_CENTRE = CentreKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))))


def mihon(*keys: ListedKey) -> Signatory:
    """見本市 as the specimens have it, with these keys; its own one in force without any."""
    named = a_signatory(PROFILE.code, KEY.raw_public_key)
    return replace(named, keys=keys or (ListedKey(KEY.raw_public_key, Period(0)),))


def signed_list(trust_list: TrustList | None = None, centre: CentreKey = CENTRE) -> tuple[bytes, bytes]:
    """Signature and list, also of one that no centre would sign."""
    return signed_bytes((trust_list or a_trust_list(mihon(), expires_at=END_OF_2099)).to_bytes(), centre)


def signed_bytes(evidence: bytes, centre: CentreKey = CENTRE) -> tuple[bytes, bytes]:
    """A centre's signature over any bytes, and these."""
    return centre._signer.sign(evidence), evidence


@dataclass
class Shelf:
    """Holds one list."""

    kept: tuple[bytes, bytes] | None = field(default_factory=signed_list)

    def newest(self) -> tuple[bytes, bytes] | None:
        return self.kept


@dataclass
class Book:
    """Knows what it was told, by number and hash of a page."""

    known: dict[tuple[str, bytes], SheetStatus] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)

    def status(self, document_no: str, content_hash: bytes) -> SheetStatus | None:
        self.asked.append((document_no, content_hash))
        return self.known.get((document_no, content_hash))


@dataclass
class Taken:
    """Stands where pictures are compared, for tests of how they come there: keeps how large they were, and finds
    nothing."""

    lengths: list[int] = field(default_factory=list)

    def compare(self, pictures: Sequence[bytes]) -> ComparedPictures:
        self.lengths += [len(picture) for picture in pictures]
        return ComparedPictures({}, ())


class RealComparison:
    """Compares as the server does, with a recipient's folder in the place of a database."""

    def __init__(self, folder: Path) -> None:
        self._home = recipient(folder)

    def compare(self, pictures: Sequence[bytes]) -> ComparedPictures:
        return compared(pictures, self._home.trusted, {PROFILE.code: PROFILE.name}, ISSUED_AT, elapsed)


@contextmanager
def served(parts: Callable[[int], CheckingParts]) -> Iterator[str]:
    """Serves a page of these parts (made from the port); gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            checking_app(parts(port)), log_config=None, access_log=False, ws="none", lifespan="off", http="h11"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join(30)


def parts_of(shelf: Shelf, book: Book | None = None, comparison: Comparison | None = None) -> CheckingParts:
    """The parts of a page."""
    return CheckingParts(
        hosts=("localhost", "127.0.0.1"),
        centre=CENTRE_RAW,
        shelf=shelf,
        elapsed=_never_late,
        book=book,
        comparison=comparison,
    )


class _Ticking:
    """A clock on which every question comes a minute after the last."""

    def __init__(self) -> None:
        self._at = 0.0

    def __call__(self) -> float:
        self._at += 60.0
        return self._at


_never_late = _Ticking()
