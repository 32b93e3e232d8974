"""A thousand forged codes, none of which is taken: bits turned over beyond what parity mends, another key, mixed pages
and documents, numbers used again."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.antiforgery.codes import QUIET, seal_code_symbols
from certserver.documents.forms import compose
from certserver.documents.press import seal_code
from certserver.signing.municipal import MunicipalKey
from certserver.signing.signers import SoftSigner
from certserver.stages import RenderedDocument
from certserver.verify.answers import Outcome, answers
from certserver.verify.check import Checked
from certserver.verify.faces import FaceChecked
from certserver.verify.ground_seen import GroundSeen
from certserver.verify.judge import Verdict, judge, trusted
from certserver.verify.status import DocumentStanding, Status, StatusSource
from certserver.verify.symbols import Found, FoundSealCode
from koufu.evidence.content import PageContent, hash_of
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode
from koufu.evidence.numbers import document_number
from koufu.evidence.sealcode import HEADER_BYTES, deflate, join, seal_payload, split
from koufu.ground.profiles import USUAL
from tests.support import sheets
from tests.support.reading import find
from tests.support.specimens import KEY, PROFILE, SIX, residence_line, stamp

pytestmark = pytest.mark.xdist_group("sheets")

KEYS = trusted([KEY.raw_public_key])
SYMBOLS_EACH, KEYS_EACH, MIXED_EACH, REPLAYED_EACH = 400, 200, 200, 200
RENDERED = 4


@dataclass(frozen=True, slots=True)
class LedgerDouble:
    """Fulfils `certserver.verify.status.StatusSource` for what it knows: hashes of contents by number."""

    issued: dict[str, frozenset[bytes]]
    spoiled: frozenset[str] = frozenset()

    def status(self, document_no: str, content_hash: bytes) -> Status:
        if content_hash not in self.issued.get(document_no, frozenset()):
            return Status(DocumentStanding.UNKNOWN)
        return Status(DocumentStanding.SPOILED if document_no in self.spoiled else DocumentStanding.ISSUED, 1)


def other_key(number: int) -> MunicipalKey:
    return MunicipalKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))))


def payload_of(content: PageContent, key: MunicipalKey = KEY) -> bytes:
    deflated = deflate(content.to_bytes())
    return seal_payload(deflated, key.key_id, key.sign_page(deflated))


def parts_of(content: PageContent, key: MunicipalKey = KEY) -> list[bytes]:
    return list(split(payload_of(content, key), content.document_no, content.page, content.pages))


def read(parts: list[bytes]) -> Found:
    """What `find` makes of these symbols, without ink between."""
    try:
        header, payload = join(sorted(set(parts)))
    except MalformedEvidence as error:
        return Found((), None, str(error))
    return Found((), FoundSealCode(header, payload), None)


def face_of(content: PageContent) -> Found:
    code = FaceCode(
        content.municipality,
        content.document_no,
        content.page,
        content.pages,
        hash_of(content.to_bytes())[:16],
        content.bundle[:3],
    )
    return Found((code,), None, None)


@cache
def documents() -> tuple[RenderedDocument, ...]:
    """Several of two pages each, alike but for their numbers."""
    entropy = np.random.default_rng(4)
    return tuple(
        sheets.render(compose(residence_line(SIX), PROFILE), stamp(document_number(entropy.bytes(10))))
        for _ in range(4)
    )


def turned_over(rng: np.random.Generator) -> Iterator[list[Found]]:
    """Two symbols of four damaged, their checksum made right again as a forger would, or not."""
    for _ in range(SYMBOLS_EACH):
        (content,) = sheets.residence().contents
        parts = parts_of(content)
        for at in rng.choice(len(parts), 2, replace=False):
            bits = bytearray(parts[at])
            for _ in range(int(rng.integers(1, 6))):
                place = int(rng.integers(HEADER_BYTES if rng.random() < 0.7 else 0, len(bits)))
                bits[place] ^= 1 << int(rng.integers(8))
            parts[at] = _checksummed(bytes(bits)) if rng.random() < 0.7 else bytes(bits)
        yield [read(parts), face_of(content)]


def _checksummed(symbol: bytes) -> bytes:
    head, chunk = symbol[: HEADER_BYTES - 4], symbol[HEADER_BYTES:]
    return head + zlib.crc32(head + chunk).to_bytes(4, "big") + chunk


def of_another_key(rng: np.random.Generator) -> Iterator[list[Found]]:
    """Signed again by somebody else, under their own key's name or under the municipality's."""
    for number in range(1, KEYS_EACH + 1):
        (content,) = sheets.residence().contents
        entries = list(content.entries)
        at = int(rng.integers(len(entries)))
        entries[at] = replace(entries[at], text=entries[at].text + "偽")
        forged = replace(content, entries=tuple(entries))
        payload = payload_of(forged, other_key(number))
        if number % 2:
            payload = KEY.key_id + payload[len(KEY.key_id) :]
        yield [read(list(split(payload, forged.document_no, 1, 1))), face_of(forged)]


def mixed(rng: np.random.Generator) -> Iterator[list[Found]]:
    """Pages of one document among those of another, symbols of one page among those of another, faces exchanged."""
    for number in range(MIXED_EACH):
        one, other = (documents()[at] for at in rng.choice(len(documents()), 2, replace=False))
        first, second = one.contents
        strange = other.contents[int(rng.integers(2))]
        if number % 3 == 0:
            backs = [read(parts_of(first)), read(parts_of(other.contents[1]))]
            yield [*backs, face_of(first), face_of(other.contents[1])]
        elif number % 3 == 1:
            parts = parts_of(first)
            for at in rng.choice(len(parts), 2, replace=False):
                parts[at] = parts_of(strange)[at % len(parts_of(strange))]
            yield [read(parts), read(parts_of(second)), face_of(first), face_of(second)]
        else:
            yield [read(parts_of(first)), read(parts_of(second)), face_of(first), face_of(strange)]


@pytest.mark.parametrize(
    ("forged", "count"),
    [(turned_over, SYMBOLS_EACH), (of_another_key, KEYS_EACH), (mixed, MIXED_EACH)],
    ids=["bits", "keys", "pages"],
)
def test_no_forged_code_is_good(forged: object, count: int) -> None:
    assert callable(forged)
    verdicts = [judge(found, KEYS).verdict for found in forged(np.random.default_rng(11))]
    assert len(verdicts) == count
    assert Verdict.GOOD not in verdicts


def test_no_number_that_is_used_again_is_in_force() -> None:
    """Signed contents under a number that is taken, by whoever got hold of the key: the signature holds, but the ledger
    does not know them, or has them spoiled."""
    rng = np.random.default_rng(12)
    (content,) = sheets.residence().contents
    issued_hash = hash_of(content.to_bytes())
    spoiled_no = document_number(rng.bytes(10))
    spoiled = replace(content, document_no=spoiled_no)
    ledger: StatusSource = LedgerDouble(
        {content.document_no: frozenset({issued_hash}), spoiled_no: frozenset({hash_of(spoiled.to_bytes())})},
        frozenset({spoiled_no}),
    )
    compared = (FaceChecked(1, None, "", (), GroundSeen.of(USUAL, 0.036, 0.036, 20_000)),)
    outcomes = set()
    for number in range(REPLAYED_EACH):
        taken = spoiled if number % 4 == 0 else replace(content, issued_at=content.issued_at + number + 1)
        if number % 4 == 1:
            taken = replace(taken, document_no=document_number(rng.bytes(10)))
        findings = judge([read(parts_of(taken)), face_of(taken)], KEYS)
        assert findings.verdict is Verdict.GOOD
        status = ledger.status(taken.document_no, hash_of(taken.to_bytes()))
        outcomes.add(answers(Checked(findings, compared), status).outcome)
    assert outcomes == {Outcome.NOT_IN_FORCE}
    assert ledger.status(content.document_no, issued_hash).standing is DocumentStanding.ISSUED


def test_forged_symbols_are_refused_as_they_are_seen() -> None:
    """A few of them through ink and picture."""
    rng = np.random.default_rng(13)
    (content,) = sheets.residence().contents
    face = sheets.sides(sheets.residence().file)[0]
    for number in range(RENDERED):
        key = other_key(number + 1) if number % 2 else KEY
        symbols = seal_code(content, content.to_bytes(), key)
        assert symbols is not None
        parts = parts_of(content, key)
        if number % 2 == 0:
            for at in (0, 2):
                bits = bytearray(parts[at])
                bits[HEADER_BYTES + int(rng.integers(200))] ^= 4
                parts[at] = _checksummed(bytes(bits))
            made = seal_code_symbols(parts)
            assert made is not None
            symbols = made
        back = np.full((7016, 4960), 255, dtype=np.uint8)
        for symbol in symbols:
            box = symbol.quiet_box.grown(-QUIET)
            back[box.top : box.bottom, box.left : box.right] = 255 - 255 * symbol.modules.repeat(8, axis=0).repeat(
                8, axis=1
            ).astype(np.uint8)
        seen = find(np.ascontiguousarray(back[::2, ::2]))
        assert seen.seal_code is not None or seen.broken is not None
        assert judge([seen, find(face)], KEYS).verdict is not Verdict.GOOD
