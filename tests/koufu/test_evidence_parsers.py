"""Whatever bytes come in, a parser of evidence gives what was written or raises `MalformedEvidence` (`BadSignature`
where a key decides): never anything else, never something half read."""

import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koufu.evidence.bitmap import Bitmap, coded, decoded
from koufu.evidence.bundle import FormBundle, SignedBundle, open_bundle_of
from koufu.evidence.challenge import Challenge
from koufu.evidence.codec import MAX_EVIDENCE, Writer
from koufu.evidence.content import FIRST, PageContent, PageEntry, picture_of
from koufu.evidence.directory import Directory
from koufu.evidence.enrolment import KosekiEnrolment
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.facecode import FaceCode
from koufu.evidence.numbers import ALPHABET, document_number, pack, parse_document_number, printed, unpack
from koufu.evidence.order import Order
from koufu.evidence.sealcode import deflate, open_payload, seal_payload, signed_bytes
from koufu.evidence.staff_challenge import StaffChallenge
from koufu.evidence.statement import Statement
from koufu.evidence.trustlist import TrustList
from koufu.evidence.words import CertificateKind
from tests.koufu.test_evidence_vectors import EVIDENCE, KEY, PAGES
from tests.support.trust_lists import a_signatory

PARSERS: dict[str, Callable[[bytes], object]] = {
    "challenge": Challenge.from_bytes,
    "staff_challenge": StaffChallenge.from_bytes,
    "order": Order.from_bytes,
    "page.1": PageContent.from_bytes,
    "page.2": PageContent.from_bytes,
    "bundle": FormBundle.from_bytes,
    "statement": Statement.from_bytes,
    "face_code": FaceCode.from_bytes,
    "directory": Directory.from_bytes,
    "enrolment": KosekiEnrolment.from_bytes,
    "trust_list": TrustList.from_bytes,
}
NUMBERS = st.binary(min_size=10, max_size=10).map(document_number)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@st.composite
def _bitmaps(draw: st.DrawFn) -> Bitmap:
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    rows = draw(st.lists(st.integers(0, 2**width - 1), min_size=height, max_size=height))
    stride = -(-width // 8)
    return Bitmap(width, height, b"".join((row << (8 * stride - width)).to_bytes(stride, "big") for row in rows))


BITMAPS = _bitmaps()
CONTENTS = st.builds(
    PageContent,
    municipality=st.integers(0, 999_999).map("{:06d}".format),
    kind=st.sampled_from(CertificateKind),
    form=st.just("residence-household/1"),
    document_no=NUMBERS,
    page=st.just(1),
    pages=st.integers(1, 99),
    ground=st.text(st.characters(exclude_categories=["Cs"]), max_size=16),
    issued_at=st.integers(0, 2**40),
    bundle=st.binary(min_size=32, max_size=32),
    previous=st.just(FIRST),
    entries=st.lists(
        st.builds(PageEntry, st.text(st.characters(codec="ascii"), max_size=16), TEXTS, TEXTS),
        max_size=30,
        unique_by=lambda entry: entry.name,
    ).map(tuple),
    pictures=st.lists(BITMAPS, max_size=1).map(lambda found: tuple(picture_of("imprint", one) for one in found)),
)


@pytest.mark.parametrize("name", sorted(PARSERS))
@given(garbage=st.binary(max_size=400))
@example(garbage=b"")
@example(garbage=b"\xff" * 64)
@example(garbage=bytes(MAX_EVIDENCE + 1))
def test_garbage_is_malformed(name: str, garbage: bytes) -> None:
    with pytest.raises(MalformedEvidence):
        PARSERS[name](garbage)


@pytest.mark.parametrize("name", sorted(PARSERS))
@given(data=st.data())
def test_a_changed_byte_is_malformed_or_something_else(name: str, data: st.DataObject) -> None:
    evidence = bytearray(EVIDENCE[name])
    at = data.draw(st.integers(0, len(evidence) - 1))
    evidence[at] ^= data.draw(st.integers(1, 255))
    try:
        read = PARSERS[name](bytes(evidence))
    except MalformedEvidence:
        return
    assert read != PARSERS[name](EVIDENCE[name])


@pytest.mark.parametrize("name", sorted(PARSERS))
@given(data=st.data())
def test_evidence_cut_short_or_too_long_is_malformed(name: str, data: st.DataObject) -> None:
    evidence = EVIDENCE[name]
    shorter = evidence[: data.draw(st.integers(0, len(evidence) - 1))]
    longer = evidence + data.draw(st.binary(min_size=1, max_size=8))
    for changed in (shorter, longer):
        with pytest.raises(MalformedEvidence):
            PARSERS[name](changed)


@given(name=st.sampled_from(sorted(PARSERS)), text=st.binary(max_size=64))
def test_fields_of_the_right_domain_with_wrong_content_are_malformed(name: str, text: bytes) -> None:
    if name == "face_code":
        return
    domain = EVIDENCE[name][4 : 4 + int.from_bytes(EVIDENCE[name][:4], "big")].decode()
    writer = Writer(domain)
    writer.raw(text)
    with pytest.raises(MalformedEvidence):
        PARSERS[name](writer.done())


@given(content=CONTENTS)
def test_a_page_reads_back_with_every_character(content: PageContent) -> None:
    assert PageContent.from_bytes(content.to_bytes()) == content


@given(bitmap=BITMAPS)
def test_a_picture_reads_back_dot_for_dot(bitmap: Bitmap) -> None:
    assert decoded(bitmap.width, bitmap.height, coded(bitmap)) == bitmap


@given(code=st.binary(max_size=80), width=st.integers(1, 40), height=st.integers(1, 12))
def test_a_picture_has_one_code_only(code: bytes, width: int, height: int) -> None:
    try:
        bitmap = decoded(width, height, code)
    except MalformedEvidence:
        return
    assert coded(bitmap) == code


def test_a_page_that_says_one_thing_twice_or_follows_nothing_is_malformed() -> None:
    first, second = PAGES
    for wrong in (
        replace(first, entries=(*first.entries, first.entries[0])),
        replace(second, pictures=second.pictures * 2),
        replace(first, previous=bytes([1] * 32)),
        replace(second, previous=FIRST),
        replace(second, page=3),
    ):
        with pytest.raises(MalformedEvidence):
            PageContent.from_bytes(wrong.to_bytes())


def test_a_bundle_that_another_key_signed_is_a_bad_signature() -> None:
    evidence = EVIDENCE["bundle"]
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signatory = a_signatory(FormBundle.from_bytes(evidence).municipality, KEY.public_key().public_bytes_raw())
    with pytest.raises(BadSignature):
        open_bundle_of(signatory, SignedBundle(evidence, other.sign(evidence)))
    with pytest.raises(MalformedEvidence, match="another municipality"):
        open_bundle_of(replace(signatory, municipality="992020"), SignedBundle(evidence, KEY.sign(evidence)))


@settings(max_examples=50)
@given(payload=st.binary(max_size=300))
def test_a_payload_that_nobody_signed_is_a_bad_signature(payload: bytes) -> None:
    with pytest.raises(BadSignature):
        open_payload(payload, KEY.public_key())


def test_a_payload_signed_by_another_key_is_a_bad_signature() -> None:
    deflated = deflate(PAGES[0].to_bytes())
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(BadSignature):
        open_payload(seal_payload(deflated, bytes(8), other.sign(signed_bytes(deflated))), KEY.public_key())


@pytest.mark.parametrize(
    "deflated",
    [
        b"",
        b"no deflate",
        zlib.compress(b"no page"),
        zlib.compress(PAGES[0].to_bytes()) + b"more",
        zlib.compress(PAGES[0].to_bytes())[:-6],
        zlib.compress(bytes(MAX_EVIDENCE * 20)),
    ],
    ids=["empty", "no deflate", "no page", "something behind", "cut short", "bomb"],
)
def test_a_signed_payload_without_a_page_is_malformed(deflated: bytes) -> None:
    with pytest.raises(MalformedEvidence):
        open_payload(seal_payload(deflated, bytes(8), KEY.sign(signed_bytes(deflated))), KEY.public_key())


@given(number=NUMBERS)
def test_a_document_number_survives_packing_and_typing(number: str) -> None:
    assert unpack(pack(number)) == number
    assert parse_document_number(printed(number).lower()) == number
    assert parse_document_number(number.replace("0", "o").replace("1", "l")) == number


@given(number=NUMBERS, at=st.integers(0, 15), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_document_number_is_found(number: str, at: int, other: str) -> None:
    if number[at] == other:
        return
    with pytest.raises(MalformedEvidence):
        parse_document_number(number[:at] + other + number[at + 1 :])


@given(text=st.text(max_size=80))
def test_no_text_breaks_the_parser_of_document_numbers(text: str) -> None:
    try:
        number = parse_document_number(text)
    except MalformedEvidence:
        return
    assert parse_document_number(number) == number
