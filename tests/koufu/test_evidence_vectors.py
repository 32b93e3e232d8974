"""The bytes of evidence, fixed: both ends and every verifier out there agree on them. A vector never changes; a new
version of an evidence gets a new domain and new vectors."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from koufu.evidence.bitmap import Bitmap
from koufu.evidence.bundle import BundleClause, BundleFont, CheckingWords, FormBundle, SignedBundle, open_bundle_of
from koufu.evidence.challenge import Challenge
from koufu.evidence.content import FIRST, PageContent, PageEntry, hash_of, linked, picture_of
from koufu.evidence.directory import Directory, DirectoryEntry
from koufu.evidence.enrolment import Applicant, KosekiEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FACE_CODE_BYTES, FaceCode
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.sealcode import HEADER_BYTES, Cut, SealCodeHeader, seal_payload, signed_bytes, split
from koufu.evidence.staff_challenge import StaffChallenge, StaffPurpose
from koufu.evidence.statement import SignedStatement, Statement, open_statement
from koufu.evidence.trustlist import (
    ListedBundle,
    ListedKey,
    Period,
    Revocation,
    RevocationReason,
    Signatory,
    TrustList,
)
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support.trust_lists import a_signatory

VECTORS = json.loads((Path(__file__).parent / "vectors" / "evidence.json").read_text(encoding="utf-8"))

DOCUMENT_NO = "K6SE22SX7PJV6RCW"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

CHALLENGE = Challenge("990001", "mihon-kiosk-1", bytes(range(32)), 1_790_817_945)
STAFF_CHALLENGE = StaffChallenge("990001", "mihon-kiosk-1", StaffPurpose.SIGN_IN, bytes(range(32)), 1_790_817_945)
ORDER = Order(
    municipality="990001",
    terminal="mihon-kiosk-1",
    order_id=bytes(range(16)),
    session_nonce=bytes(range(32, 64)),
    lines=(
        OrderLine(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP, Option.DOMICILE}), 2),
        OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, frozenset(), 1, ("00112233aabbccdd",)),
        OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.SELF),
        OrderLine(CertificateKind.INCOME_TAX, Scope.SELF, matter="2026"),
    ),
    offer_version="offer-7",
    fee=1200,
    printer_profile="standard",
    expires_at=1_790_818_845,
)
PROVEN = ProvenOrder(ORDER.to_bytes(), bytes(range(256)))
BITMAP = Bitmap(12, 5, bytes.fromhex("0ff01010f0f0f0e00000"))
BUNDLE = FormBundle(
    municipality="990001",
    since=1_780_000_000,
    prefecture="見本県",
    name="見本市",
    mayor=("見本市長職務代理者　見本市副市長", "例示　花子"),
    official_seal=BITMAP,
    clauses=(BundleClause(CertificateKind.RESIDENCE, True, "この写しは、原本と相違ないことを証明する。"),),
    checking=CheckingWords("kakunin.mihon.example", "見本市 市民課", "000-000-0000", "平日"),
    forms=((CertificateKind.RESIDENCE, "residence-household/1"),),
    fonts=(BundleFont("M", 0, bytes(range(32))),),
)
SIGNED_BUNDLE = SignedBundle(BUNDLE.to_bytes(), KEY.sign(BUNDLE.to_bytes()))
_LINKED = linked(
    PageContent(
        municipality="990001",
        kind=CertificateKind.RESIDENCE,
        form="residence-household/1",
        bundle=SIGNED_BUNDLE.hash,
        document_no=DOCUMENT_NO,
        page=page,
        pages=2,
        previous=FIRST,
        issued_at=1_790_817_825,
        ground="even",
        entries=(
            PageEntry("address", "住所", "見本県見本市本町一丁目2番3号"),
            PageEntry(f"{page}.name", "氏名", "辻\U000e0102　健吾"),
            PageEntry("x", "", "𠮷田\u2007"),
        ),
        pictures=(picture_of("imprint", BITMAP),) if page == 2 else (),
    )
    for page in (1, 2)
)
PAGES, _ = zip(*_LINKED, strict=True)
CHAIN = tuple(hash_of(page.to_bytes()) for page in PAGES)
STATEMENT = Statement(
    municipality="990001",
    proof_hash=PROVEN.proof_hash(),
    order_id=ORDER.order_id,
    line=0,
    copy=1,
    kind=CertificateKind.RESIDENCE,
    document_no=DOCUMENT_NO,
    content_hashes=CHAIN,
    file_hash=bytes(range(32)),
    file_length=199_206,
    issued_at=1_790_817_825,
)
FACE_CODE = FaceCode("990001", DOCUMENT_NO, 1, 2, CHAIN[0][:16], b"\x01\x02\x03")
SEAL_CONTENT = b"deflated content stands here"
SEAL_PAYLOAD = seal_payload(SEAL_CONTENT, b"\x11" * 8, KEY.sign(signed_bytes(SEAL_CONTENT)))
LONG_PAYLOAD = bytes(at * at % 251 for at in range(6000))
ENROLMENT = KosekiEnrolment(
    municipality="990002",
    terminal="mihon-kiosk-1",
    session_nonce=bytes(range(32, 64)),
    applicant=Applicant(
        "れいじけん れいじし ほんちょう 1", "みほん けんご", "みほん はる", date(1990, 2, 28), "099-000-0000"
    ),
    former="1203000045670000",
)
DIRECTORY = Directory(
    (
        DirectoryEntry(
            municipality="990001",
            name="見本市",
            name_kana="みほんし",
            name_en="Mihon-shi",
            prefecture="見本県",
            prefecture_en="Mihon-ken",
            koseki=True,
            address="certs.mihon.example:8443",
        ),
    ),
    1_790_000_000,
    1_800_000_000,
)
TRUST_LIST = TrustList(
    number=7,
    issued_at=1_790_000_000,
    expires_at=1_792_592_000,
    signatories=(
        Signatory(
            municipality="990001",
            name="見本市",
            name_kana="みほんし",
            name_en="Mihon-shi",
            prefecture="見本県",
            prefecture_en="Mihon-ken",
            keys=(
                ListedKey(
                    bytes(range(32)),
                    Period(1_700_000_000, 1_760_000_000),
                    Revocation(1_761_000_000, RevocationReason.COMPROMISED),
                ),
                ListedKey(KEY.public_key().public_bytes_raw(), Period(1_760_000_000)),
            ),
            bundles=(ListedBundle(bytes(range(32)), Period(1_760_000_000)),),
        ),
    ),
)

EVIDENCE: dict[str, bytes] = {
    "challenge": CHALLENGE.to_bytes(),
    "challenge.digest": CHALLENGE.digest(),
    "staff_challenge": STAFF_CHALLENGE.to_bytes(),
    "staff_challenge.digest": STAFF_CHALLENGE.digest(),
    "order": ORDER.to_bytes(),
    "order.proof_hash": PROVEN.proof_hash(),
    "page.1": PAGES[0].to_bytes(),
    "page.2": PAGES[1].to_bytes(),
    "chain.1": CHAIN[0],
    "chain.2": CHAIN[1],
    "statement": STATEMENT.to_bytes(),
    "statement.signature": KEY.sign(STATEMENT.to_bytes()),
    "face_code": FACE_CODE.to_bytes(),
    "seal_header": SealCodeHeader(DOCUMENT_NO, 1, 2, 3, Cut(3, 1), 1000).to_bytes(b"chunk"),
    "seal_signature": SEAL_PAYLOAD[8:72],
    "seal_symbol.parity": split(SEAL_PAYLOAD, DOCUMENT_NO, 1, 2)[3],
    "seal_symbol.eight.digest": sha256(b"".join(split(LONG_PAYLOAD, DOCUMENT_NO, 1, 2))).digest(),
    "bundle": BUNDLE.to_bytes(),
    "bundle.hash": SIGNED_BUNDLE.hash,
    "bundle.signature": SIGNED_BUNDLE.signature,
    "directory": DIRECTORY.to_bytes(),
    "enrolment": ENROLMENT.to_bytes(),
    "trust_list": TRUST_LIST.to_bytes(),
}


@pytest.mark.parametrize("name", sorted(EVIDENCE))
def test_evidence_has_the_bytes_of_its_vector(name: str) -> None:
    assert EVIDENCE[name].hex() == VECTORS[name]


def test_what_staff_answer_is_never_what_a_resident_answers() -> None:
    with pytest.raises(MalformedEvidence):
        Challenge.from_bytes(STAFF_CHALLENGE.to_bytes())
    with pytest.raises(MalformedEvidence):
        StaffChallenge.from_bytes(CHALLENGE.to_bytes())


def test_every_vector_is_tested() -> None:
    assert sorted(VECTORS) == sorted(EVIDENCE)


def test_a_vector_reads_back_as_what_it_was_made_of() -> None:
    assert Challenge.from_bytes(bytes.fromhex(VECTORS["challenge"])) == CHALLENGE
    assert StaffChallenge.from_bytes(bytes.fromhex(VECTORS["staff_challenge"])) == STAFF_CHALLENGE
    assert Order.from_bytes(bytes.fromhex(VECTORS["order"])) == ORDER
    assert Statement.from_bytes(bytes.fromhex(VECTORS["statement"])) == STATEMENT
    assert PageContent.from_bytes(bytes.fromhex(VECTORS["page.2"])) == PAGES[1]
    assert (
        open_bundle_of(
            a_signatory(BUNDLE.municipality, KEY.public_key().public_bytes_raw()),
            SignedBundle(bytes.fromhex(VECTORS["bundle"]), bytes.fromhex(VECTORS["bundle.signature"])),
        )
        == BUNDLE
    )
    assert FaceCode.from_bytes(bytes.fromhex(VECTORS["face_code"])) == FACE_CODE
    assert Directory.from_bytes(bytes.fromhex(VECTORS["directory"])) == DIRECTORY
    assert TrustList.from_bytes(bytes.fromhex(VECTORS["trust_list"])) == TRUST_LIST
    assert KosekiEnrolment.from_bytes(bytes.fromhex(VECTORS["enrolment"])) == ENROLMENT
    signed = SignedStatement(bytes.fromhex(VECTORS["statement"]), bytes.fromhex(VECTORS["statement.signature"]))
    assert open_statement(signed, KEY.public_key()) == STATEMENT


def test_the_codes_have_the_lengths_their_symbols_hold() -> None:
    assert len(FACE_CODE.to_bytes()) == FACE_CODE_BYTES == 41
    assert len(EVIDENCE["seal_header"]) == HEADER_BYTES == 26
