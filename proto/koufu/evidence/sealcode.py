"""The seal code on the back: the page's content, deflated and signed, cut into three symbols and a parity symbol so
that any one of the four may be lost. Each has its own 26-byte header, since no reader shows QR's own index."""

import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from koufu.evidence.codec import MAX_EVIDENCE
from koufu.evidence.content import PageContent
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.numbers import pack, unpack

SEAL_MAGIC = b"KS"
SEAL_VERSION = 1
SEAL_DOMAIN = b"koufu/seal/1\x00"
HEADER_BYTES = 26
DATA_SYMBOLS = 3
SYMBOLS = DATA_SYMBOLS + 1
"""And one of parity."""

SIGNATURE_BYTES = 64
KEY_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class SealCodeHeader:
    """Part `part` of `data` data symbols (counted from 0; part == data is the parity), of page i of n, with the
    length in bytes of the whole payload."""

    document_no: str
    page: int
    pages: int
    part: int
    data: int
    length: int

    def to_bytes(self, chunk: bytes) -> bytes:
        """Magic 2, version 1, part 1, data 1, parity 1, document number 10, i, n, length 4, CRC-32 over all 4."""
        head = b"".join(
            (
                SEAL_MAGIC,
                bytes((SEAL_VERSION, self.part, self.data, 1)),
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
    header = SealCodeHeader(
        document_no=unpack(head[6:16]),
        page=head[16],
        pages=head[17],
        part=head[3],
        data=head[4],
        length=int.from_bytes(head[18:22], "big"),
    )
    shape = (header.data, head[5]) == (DATA_SYMBOLS, 1) and header.part <= header.data
    if not shape or header.length > MAX_EVIDENCE or not 1 <= header.page <= header.pages:
        raise MalformedEvidence("a symbol of the seal code has an impossible header")
    return header, chunk


def is_seal_symbol(symbol: bytes) -> bool:
    """Whether these bytes claim to be a symbol of a seal code."""
    return symbol.startswith(SEAL_MAGIC)


def split(payload: bytes, document_no: str, page: int, pages: int) -> tuple[bytes, ...]:
    """Four symbols of equal length: three of data, one of parity."""
    size = -(-len(payload) // DATA_SYMBOLS)
    chunks = [payload[at * size : (at + 1) * size].ljust(size, b"\0") for at in range(DATA_SYMBOLS)]
    chunks.append(_xor(chunks))
    return tuple(
        SealCodeHeader(document_no, page, pages, part, DATA_SYMBOLS, len(payload)).to_bytes(chunk) + chunk
        for part, chunk in enumerate(chunks)
    )


def join(symbols: list[bytes]) -> tuple[SealCodeHeader, bytes]:
    """Any header of the page and its whole payload, from at least three different symbols of one page in any order.
    Raises `MalformedEvidence`."""
    read = [_read_symbol(symbol) for symbol in symbols]
    if not read:
        raise MalformedEvidence("no symbol of a seal code was found")
    pages = {(header.document_no, header.page, header.pages, header.length, len(chunk)) for header, chunk in read}
    if len(pages) != 1:
        raise MalformedEvidence("the symbols belong to different pages")
    parts = {header.part: chunk for header, chunk in read}
    if any(parts[header.part] != chunk for header, chunk in read):
        raise MalformedEvidence("two symbols claim to be the same part of a page")
    if len(parts) < DATA_SYMBOLS:
        raise MalformedEvidence(f"{len(parts)} of the symbols were read, {DATA_SYMBOLS} are needed")
    lost = [part for part in range(DATA_SYMBOLS) if part not in parts]
    for part in lost:
        parts[part] = _xor(list(parts.values()))
    header = read[0][0]
    payload = b"".join(parts[part] for part in range(DATA_SYMBOLS))
    if header.length > len(payload):
        raise MalformedEvidence("the seal code is shorter than it says")
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


def _xor(chunks: list[bytes]) -> bytes:
    value = 0
    for chunk in chunks:
        value ^= int.from_bytes(chunk, "big")
    return value.to_bytes(len(chunks[0]), "big")
