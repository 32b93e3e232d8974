"""The seal code on the back: the page's content, deflated and signed, cut into symbols of data and of parity so that
any one in four may be lost. Each has its own 26-byte header, since no reader shows QR's own index."""

import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from koufu.evidence.codec import MAX_EVIDENCE
from koufu.evidence.content import PageContent
from koufu.evidence.erasure import parity_of, restored
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.numbers import pack, unpack
from koufu.evidence.sizes import KEY_ID_BYTES

SEAL_MAGIC = b"KS"
SEAL_VERSION = 2
SEAL_DOMAIN = b"koufu/seal/1\x00"
HEADER_BYTES = 26
MOST_IN_FOUR = 5120
"""Bytes of the payload up to which there are four symbols, above it eight."""

MOST_BYTES = 6594
"""The longest payload: six symbols of 1125 bytes hold it."""

SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Cut:
    """How many symbols of data and of parity a payload is cut into."""

    data: int
    parity: int

    @property
    def symbols(self) -> int:
        """All of them."""
        return self.data + self.parity

    def chunk(self, length: int) -> int:
        """Bytes of each symbol behind its header, for a payload of so many."""
        return -(-length // self.data)


_FOUR, _EIGHT = Cut(3, 1), Cut(6, 2)


def cut_of(length: int) -> Cut | None:
    """The one way in which a payload of so many bytes is cut; None when it is empty or too long for a sheet."""
    if not 0 < length <= MOST_BYTES:
        return None
    return _FOUR if length <= MOST_IN_FOUR else _EIGHT


@dataclass(frozen=True, slots=True)
class SealCodeHeader:
    """Part `part` of a payload of `length` bytes that is cut into `cut`, of page i of n. Parts count from 0, data
    before parity."""

    document_no: str
    page: int
    pages: int
    part: int
    cut: Cut
    length: int

    def to_bytes(self, chunk: bytes) -> bytes:
        """Magic 2, version 1, part 1, data 1, parity 1, document number 10, i, n, length 4, CRC-32 over all 4."""
        head = b"".join(
            (
                SEAL_MAGIC,
                bytes((SEAL_VERSION, self.part, self.cut.data, self.cut.parity)),
                pack(self.document_no),
                bytes((self.page, self.pages)),
                self.length.to_bytes(4, "big"),
            )
        )
        return head + zlib.crc32(head + chunk).to_bytes(4, "big")


def _read_symbol(symbol: bytes) -> tuple[SealCodeHeader, bytes]:
    head, crc, chunk = symbol[: HEADER_BYTES - 4], symbol[HEADER_BYTES - 4 : HEADER_BYTES], symbol[HEADER_BYTES:]
    if len(symbol) < HEADER_BYTES or head[:2] != SEAL_MAGIC or head[2] != SEAL_VERSION:
        raise MalformedEvidence("this is not a symbol of a seal code")
    if zlib.crc32(head + chunk).to_bytes(4, "big") != crc:
        raise MalformedEvidence("a symbol of the seal code was damaged")
    length = int.from_bytes(head[18:22], "big")
    cut = cut_of(length)
    # Nothing is allotted by what a header says: only the one cut there is for a length is read, with its own chunks.
    if cut is None or (cut.data, cut.parity) != (head[4], head[5]) or len(chunk) != cut.chunk(length):
        raise MalformedEvidence("a symbol of the seal code has an impossible length")
    part, page, pages = head[3], head[16], head[17]
    if part >= cut.symbols or not 1 <= page <= pages:
        raise MalformedEvidence("a symbol of the seal code has an impossible number")
    return SealCodeHeader(unpack(head[6:16]), page, pages, part, cut, length), chunk


def is_seal_symbol(symbol: bytes) -> bool:
    """Whether these bytes claim to be a symbol of a seal code."""
    return symbol.startswith(SEAL_MAGIC)


def split(payload: bytes, document_no: str, page: int, pages: int) -> tuple[bytes, ...]:
    """The symbols of a payload, all of equal length, data before parity. Raises `ValueError` when it is empty or too
    long."""
    cut = cut_of(len(payload))
    if cut is None:
        raise ValueError(f"a payload of {len(payload)} bytes fits no sheet")
    size = cut.chunk(len(payload))
    chunks = [payload[at * size : (at + 1) * size].ljust(size, b"\0") for at in range(cut.data)]
    return tuple(
        SealCodeHeader(document_no, page, pages, part, cut, len(payload)).to_bytes(chunk) + chunk
        for part, chunk in enumerate((*chunks, *parity_of(chunks, cut.parity)))
    )


def join(symbols: list[bytes]) -> tuple[SealCodeHeader, bytes]:
    """Any header of the page and its whole payload, from at least as many different symbols of one page as it has of
    data, in any order. Raises `MalformedEvidence`, also when symbols that are more than enough contradict it."""
    read = [_read_symbol(symbol) for symbol in symbols]
    if not read:
        raise MalformedEvidence("no symbol of a seal code was found")
    header = read[0][0]
    if len({(other.document_no, other.page, other.pages, other.length) for other, _ in read}) != 1:
        raise MalformedEvidence("the symbols belong to different pages")
    parts = {other.part: chunk for other, chunk in read}
    if any(parts[other.part] != chunk for other, chunk in read):
        raise MalformedEvidence("two symbols claim to be the same part of a page")
    cut = header.cut
    if len(parts) < cut.data:
        raise MalformedEvidence(f"{len(parts)} of the symbols were read, {cut.data} are needed")
    chunks = restored(parts, cut.data, cut.parity)
    whole = (*chunks, *parity_of(chunks, cut.parity))
    payload = b"".join(chunks)
    if any(whole[part] != chunk for part, chunk in parts.items()) or any(payload[header.length :]):
        raise MalformedEvidence("the symbols contradict each other")
    return header, payload[: header.length]


def seal_payload(content: bytes, key_id: bytes, signature: bytes) -> bytes:
    """Key id 8, Ed25519 signature 64, then the deflated content that `signed_bytes` was made of."""
    return key_id + signature + content


def deflate(content: bytes) -> bytes:
    """The canonical bytes of a page's content as they go into the code."""
    return zlib.compress(content, 9)


def signed_bytes(deflated: bytes) -> bytes:
    """What the municipality signs for one page."""
    return SEAL_DOMAIN + deflated


def key_id_of(payload: bytes) -> bytes:
    """Which key the payload names, 8 bytes."""
    return payload[:KEY_ID_BYTES]


def open_payload(payload: bytes, key: Ed25519PublicKey) -> PageContent:
    """The page's content, after its signature held. Raises `BadSignature` or `MalformedEvidence`."""
    signature = payload[KEY_ID_BYTES : KEY_ID_BYTES + SIGNATURE_BYTES]
    deflated = payload[KEY_ID_BYTES + SIGNATURE_BYTES :]
    try:
        key.verify(signature, signed_bytes(deflated))
    except InvalidSignature as error:
        raise BadSignature("the municipality's key did not sign this page") from error
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(deflated, MAX_EVIDENCE)
    except zlib.error as error:
        raise MalformedEvidence("the content of the seal code is damaged") from error
    if inflater.unconsumed_tail or inflater.unused_data or not inflater.eof:
        raise MalformedEvidence("the content of the seal code is longer than it may be")
    return PageContent.from_bytes(content)
