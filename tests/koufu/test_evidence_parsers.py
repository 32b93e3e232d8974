"""Whatever bytes come in, a parser of evidence gives what was written or raises `MalformedEvidence` (`BadSignature`
where a key decides): never anything else, never something half read."""

import zlib
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koufu.evidence.challenge import Challenge
from koufu.evidence.codec import MAX_EVIDENCE, Writer
from koufu.evidence.content import PageContent
from koufu.evidence.directory import Directory
from koufu.evidence.enrolment import KosekiEnrolment
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.facecode import FaceCode
from koufu.evidence.numbers import ALPHABET, document_number, pack, parse_document_number, printed, unpack
from koufu.evidence.order import Order
from koufu.evidence.sealcode import deflate, join, open_payload, seal_payload, signed_bytes, split
from koufu.evidence.statement import Statement
from koufu.evidence.trustlist import TrustList
from koufu.evidence.words import CertificateKind
from tests.koufu.test_evidence_vectors import EVIDENCE, KEY, PAGES

PARSERS: dict[str, Callable[[bytes], object]] = {
    "challenge": Challenge.from_bytes,
    "order": Order.from_bytes,
    "page.1": PageContent.from_bytes,
    "statement": Statement.from_bytes,
    "face_code": FaceCode.from_bytes,
    "directory": Directory.from_bytes,
    "enrolment": KosekiEnrolment.from_bytes,
    "trust_list": TrustList.from_bytes,
}
NUMBERS = st.binary(min_size=10, max_size=10).map(document_number)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CONTENTS = st.builds(
    PageContent,
    municipality=st.integers(0, 999_999).map("{:06d}".format),
    kind=st.sampled_from(CertificateKind),
    form=st.just("residence-household/1"),
    document_no=NUMBERS,
    page=st.just(1),
    pages=st.integers(1, 99),
    issued_at=st.integers(0, 2**40),
    fields=st.lists(st.tuples(st.text(st.characters(codec="ascii"), max_size=16), TEXTS), max_size=30).map(tuple),
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


@given(garbage=st.lists(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(b"KS\x01".__add__)), max_size=5))
def test_garbage_symbols_do_not_join(garbage: list[bytes]) -> None:
    with pytest.raises(MalformedEvidence):
        join(garbage)


@given(payload=st.binary(min_size=1, max_size=3000), data=st.data())
def test_any_three_of_four_symbols_in_any_order_make_the_page(payload: bytes, data: st.DataObject) -> None:
    symbols = data.draw(st.permutations(split(payload, "K6SE22SX7PJV6RCW", 1, 2)))
    header, joined = join(symbols[: data.draw(st.integers(3, 4))])
    assert joined == payload
    assert (header.document_no, header.page, header.pages) == ("K6SE22SX7PJV6RCW", 1, 2)


@given(data=st.data())
def test_a_changed_symbol_is_malformed(data: st.DataObject) -> None:
    symbols = [bytearray(symbol) for symbol in split(bytes(range(200)), "K6SE22SX7PJV6RCW", 1, 1)]
    which = data.draw(st.integers(0, 3))
    at = data.draw(st.integers(0, len(symbols[which]) - 1))
    symbols[which][at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(MalformedEvidence):
        join([bytes(symbol) for symbol in symbols])


def test_two_symbols_do_not_make_a_page() -> None:
    symbols = split(b"payload", "K6SE22SX7PJV6RCW", 1, 1)
    with pytest.raises(MalformedEvidence, match="2 of the symbols"):
        join([symbols[0], symbols[0], symbols[2]])


def test_symbols_of_two_pages_do_not_join() -> None:
    first, second = (split(b"payload", "K6SE22SX7PJV6RCW", page, 2) for page in (1, 2))
    with pytest.raises(MalformedEvidence, match="different pages"):
        join([*first[:2], second[2]])


def test_two_versions_of_one_symbol_do_not_join() -> None:
    one, other = (split(payload, "K6SE22SX7PJV6RCW", 1, 1) for payload in (b"payload a", b"payload b"))
    with pytest.raises(MalformedEvidence, match="same part"):
        join([*one, other[2]])


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
