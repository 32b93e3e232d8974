"""A printed sheet is read back from what a scanner at 300 dpi sees, and judged."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from certserver.antiforgery.codes import Symbol, seal_code_symbols
from certserver.documents.forms import compose
from certserver.signing.municipal import MunicipalKey
from certserver.signing.signers import SoftSigner
from certserver.stages import RenderedDocument
from certserver.verify.judge import Doubt, Findings, Keys, Reason, Verdict, judge, trusted
from certserver.verify.symbols import Found, FoundSealCode
from koufu.evidence.content import PageContent, PageEntry, hash_of, linked
from koufu.evidence.facecode import FaceCode
from koufu.evidence.sealcode import deflate, join, seal_payload, split
from koufu.evidence.trustlist import ListedKey, Period, Revocation, RevocationReason
from tests.support import sheets
from tests.support.reading import find, read_sheet
from tests.support.specimens import (
    FOUR,
    ISSUED_AT,
    KEY,
    PROFILE,
    SEAL_DOCUMENT_NO,
    SIX,
    residence_line,
    stamp,
)
from tests.support.trust_lists import a_signatory, a_trust_list

pytestmark = pytest.mark.xdist_group("sheets")

KEYS = trusted([KEY.raw_public_key])
OTHER_KEY = MunicipalKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(32))))


def reasons(findings: Findings) -> set[Reason]:
    return {doubt.reason for doubt in findings.doubts}


def other_residence() -> RenderedDocument:
    """The same household on another day's paper: everything equal but the number."""
    return sheets.render(compose(residence_line(FOUR), PROFILE), stamp(SEAL_DOCUMENT_NO))


@pytest.mark.parametrize("document", ["residence", "large_household", "seal_registration"])
def test_a_printed_document_is_good(document: str) -> None:
    rendered = getattr(sheets, document)()
    findings = read_sheet(sheets.sides(rendered.file), KEYS)
    assert (findings.verdict, findings.doubts) == (Verdict.GOOD, ())
    assert findings.document_no == rendered.document_no
    assert findings.contents == rendered.contents


def test_a_document_is_good_in_any_order_of_its_pictures() -> None:
    sides = sheets.sides(sheets.large_household().file)
    assert read_sheet([sides[3], sides[0], sides[2], sides[1]], KEYS).verdict is Verdict.GOOD


@pytest.mark.parametrize("degrees", [-1.2, 1.3, 90.0, 180.0])
def test_a_slanted_noisy_scan_is_good(degrees: float) -> None:
    rng = np.random.default_rng(3)
    scans = []
    for side in sheets.sides(sheets.residence().file):
        picture = Image.fromarray(side).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float64)
        scans.append(np.clip(blurred + rng.normal(0, 12, blurred.shape), 0, 255).astype(np.uint8))
    assert read_sheet(scans, KEYS).verdict is Verdict.GOOD


def test_one_symbol_of_four_lost_is_still_good() -> None:
    face, back = sheets.sides(sheets.residence().file)
    placed = seal_code_symbols_of(sheets.residence())
    for symbol in placed:
        stained = back.copy()
        half = stained[symbol.top // 2 : symbol.box.bottom // 2, symbol.left // 2 : symbol.box.right // 2]
        half[:] = 255
        assert read_sheet([face, stained], KEYS).verdict is Verdict.GOOD


def test_two_symbols_of_four_lost_is_unreadable() -> None:
    face, back = sheets.sides(sheets.residence().file)
    back = back.copy()
    for symbol in seal_code_symbols_of(sheets.residence())[1:3]:
        back[symbol.top // 2 : symbol.box.bottom // 2, symbol.left // 2 : symbol.box.right // 2] = 255
    findings = read_sheet([face, back], KEYS)
    assert findings.verdict is Verdict.UNREADABLE
    assert reasons(findings) == {Reason.BROKEN_SEAL_CODE}


def test_i5_a_face_with_another_documents_back_is_bad() -> None:
    face, _ = sheets.sides(sheets.residence().file)
    _, back = sheets.sides(other_residence().file)
    findings = read_sheet([face, back], KEYS)
    assert findings.verdict is Verdict.BAD
    assert reasons(findings) == {Reason.FACE_OF_ANOTHER}


def test_i5_a_face_of_the_same_number_with_other_content_is_bad() -> None:
    one = sheets.residence()
    other = sheets.render(compose(residence_line(FOUR, options=frozenset()), PROFILE))
    assert one.document_no == other.document_no
    findings = read_sheet([sheets.sides(one.file)[0], sheets.sides(other.file)[1]], KEYS)
    assert findings.doubts == (Doubt(Reason.FACE_OF_ANOTHER, 1),)


def test_i5_page_two_of_another_document_is_bad() -> None:
    other = sheets.render(compose(residence_line(SIX), PROFILE), stamp(SEAL_DOCUMENT_NO))
    mixed = [*sheets.sides(sheets.large_household().file)[:2], *sheets.sides(other.file)[2:]]
    findings = read_sheet(mixed, KEYS)
    assert findings.verdict is Verdict.BAD
    assert Reason.SEVERAL_DOCUMENTS in reasons(findings)


def test_a_missing_page_is_not_good() -> None:
    sides = sheets.sides(sheets.large_household().file)
    for kept, missing in ((sides[:2], 2), (sides[2:], 1)):
        findings = read_sheet(kept, KEYS)
        assert findings.verdict is Verdict.UNREADABLE
        assert findings.doubts == (Doubt(Reason.PAGE_MISSING, missing),)


def test_a_face_without_its_back_and_a_back_without_its_face_are_unreadable() -> None:
    face, back = sheets.sides(sheets.residence().file)
    assert reasons(read_sheet([face], KEYS)) == {Reason.NO_SEAL_CODE}
    assert reasons(read_sheet([back], KEYS)) == {Reason.NO_FACE}
    assert reasons(read_sheet([np.full((600, 400), 255, np.uint8)], KEYS)) == {Reason.NO_CODE}
    assert reasons(read_sheet([], KEYS)) == {Reason.NO_CODE}


def test_a_key_that_nobody_vouches_for_is_bad() -> None:
    findings = read_sheet(sheets.sides(sheets.residence().file), trusted([OTHER_KEY.raw_public_key]))
    assert (findings.verdict, findings.doubts) == (Verdict.BAD, (Doubt(Reason.UNKNOWN_KEY, 1),))
    assert findings.document_no is None


def test_a_key_speaks_only_for_its_own_municipality() -> None:
    def keys(municipality: str) -> Keys:
        return trusted([], a_trust_list(a_signatory(municipality, KEY.raw_public_key)))

    sides = sheets.sides(sheets.residence().file)
    assert read_sheet(sides, keys(PROFILE.code)).verdict is Verdict.GOOD
    assert read_sheet(sides, keys("990002")).doubts == (Doubt(Reason.KEY_OF_ANOTHER, 1),)


CEASED, COMPROMISED = RevocationReason.CEASED, RevocationReason.COMPROMISED


@pytest.mark.parametrize(
    ("period", "revocation", "reason"),
    [
        (Period(ISSUED_AT), None, None),
        (Period(ISSUED_AT, ISSUED_AT + 1), None, None),
        (Period(ISSUED_AT + 1), None, Reason.KEY_NOT_YET_VALID),
        (Period(0, ISSUED_AT), None, Reason.KEY_EXPIRED),
        (Period(0), Revocation(ISSUED_AT, CEASED), Reason.KEY_REVOKED),
        (Period(0), Revocation(ISSUED_AT + 1, CEASED), None),
        (Period(0), Revocation(ISSUED_AT + 1, RevocationReason.LOST), None),
        (Period(0), Revocation(ISSUED_AT + 1, COMPROMISED), Reason.KEY_REVOKED),
        (Period(0, ISSUED_AT), Revocation(ISSUED_AT + 1, COMPROMISED), Reason.KEY_REVOKED),
    ],
)
def test_a_key_speaks_only_in_its_time(period: Period, revocation: Revocation | None, reason: Reason | None) -> None:
    signatory = replace(a_signatory(PROFILE.code), keys=(ListedKey(KEY.raw_public_key, period, revocation),))
    rendered = sheets.residence()
    back = found_back(rendered.contents[0])
    findings = judge([back], trusted([], a_trust_list(signatory)))
    assert findings.doubts == (Doubt(reason or Reason.NO_FACE, 1),)
    assert (findings.verdict is Verdict.BAD) == (reason is not None)


def test_the_list_decides_where_a_key_is_also_given_by_hand() -> None:
    listed = ListedKey(KEY.raw_public_key, Period(0, ISSUED_AT))
    keys = trusted([KEY.raw_public_key], a_trust_list(replace(a_signatory(PROFILE.code), keys=(listed,))))
    assert judge([found_back(sheets.residence().contents[0])], keys).doubts == (Doubt(Reason.KEY_EXPIRED, 1),)


# From here on, the codes themselves, without ink between.


def seal_code_symbols_of(rendered: RenderedDocument, page: int = 0) -> tuple[Symbol, ...]:
    placed = seal_code_symbols(parts_of(rendered, page))
    assert placed is not None
    return placed


def parts_of(rendered: RenderedDocument, page: int = 0) -> tuple[bytes, ...]:
    return split(payload_of(rendered.contents[page]), rendered.document_no, page + 1, len(rendered.contents))


def payload_of(content: PageContent, key: MunicipalKey = KEY) -> bytes:
    deflated = deflate(content.to_bytes())
    return seal_payload(deflated, key.key_id, key.sign_page(deflated))


def face_of(rendered: RenderedDocument, page: int = 0) -> FaceCode:
    (face,) = find(sheets.sides(rendered.file)[2 * page]).faces
    return face


def found_back(content: PageContent, key: MunicipalKey = KEY) -> Found:
    header, payload = join(list(split(payload_of(content, key), content.document_no, content.page, content.pages)))
    return Found((), FoundSealCode(header, payload), None)


def found_face(content: PageContent, content_hash: bytes, template: FaceCode) -> Found:
    face = replace(
        template,
        document_no=content.document_no,
        page=content.page,
        pages=content.pages,
        content_prefix=content_hash[:16],
        bundle_prefix=content.bundle[:3],
    )
    return Found((face,), None, None)


def whole(contents: tuple[PageContent, ...]) -> Iterator[Found]:
    template = face_of(sheets.residence())
    for content, evidence in linked(contents):
        yield found_back(content)
        yield found_face(content, hash_of(evidence), template)


def test_one_changed_byte_of_the_signed_content_is_bad() -> None:
    (content,) = sheets.residence().contents
    payload = bytearray(payload_of(content))
    face = Found((face_of(sheets.residence()),), None, None)
    for at in range(0, len(payload), 7):
        changed = payload.copy()
        changed[at] ^= 1
        header, joined = join(list(split(bytes(changed), content.document_no, 1, 1)))
        findings = judge([face, Found((), FoundSealCode(header, joined), None)], KEYS)
        assert findings.verdict is Verdict.BAD
        assert reasons(findings) == {Reason.UNKNOWN_KEY if at < 8 else Reason.WRONG_SIGNATURE}


def test_a_page_signed_again_with_another_name_is_bad_under_any_other_key() -> None:
    (content,) = sheets.residence().contents
    forged = replace(
        content, entries=(*content.entries[:2], PageEntry("1.name", "氏名", "偽造　太郎"), *content.entries[3:])
    )
    face = Found((face_of(sheets.residence()),), None, None)
    assert judge([face, found_back(forged, OTHER_KEY)], KEYS).verdict is Verdict.BAD


@pytest.mark.parametrize(
    "changed",
    [
        {"issued_at": 1},
        {"form": "residence-household/2"},
        {"municipality": "990002"},
        {"bundle": bytes(32)},
        {"pages": 3},
        {"ground": "coarse"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_i5_pages_that_disagree_are_bad(changed: dict[str, Any]) -> None:
    first, second = sheets.large_household().contents
    findings = judge(whole((first, replace(second, **changed))), KEYS)
    assert findings.verdict is Verdict.BAD


def test_i5_a_first_page_of_other_content_breaks_the_chain_of_the_second() -> None:
    first, second = sheets.large_household().contents
    found = list(whole((first, second)))
    other_first = replace(first, entries=first.entries[:-1])
    swapped = list(whole((other_first, second)))
    findings = judge([swapped[0], swapped[1], found[2], found[3]], KEYS)
    assert findings.doubts == (Doubt(Reason.PAGES_DIFFER, 2),)


def test_two_different_backs_or_faces_of_one_page_are_bad() -> None:
    (content,) = sheets.residence().contents
    shorter = replace(content, entries=content.entries[:3])
    good = list(whole((content,)))
    assert judge(good, KEYS).verdict is Verdict.GOOD
    assert Reason.TWO_BACKS in reasons(judge([*good, found_back(shorter)], KEYS))
    second_face = found_face(content, bytes(32), face_of(sheets.residence()))
    assert Reason.TWO_FACES in reasons(judge([*good, second_face], KEYS))


def test_symbols_that_name_another_page_than_what_was_signed_are_bad() -> None:
    (content,) = sheets.residence().contents
    header, payload = join(list(split(payload_of(content), SEAL_DOCUMENT_NO, 1, 1)))
    findings = judge([Found((), FoundSealCode(header, payload), None)], KEYS)
    assert reasons(findings) == {Reason.WRONG_CONTENT}


def test_a_signed_payload_without_a_page_is_bad() -> None:
    deflated = zlib.compress(b"no page")
    payload = seal_payload(deflated, KEY.key_id, KEY.sign_page(deflated))
    header, joined = join(list(split(payload, SEAL_DOCUMENT_NO, 1, 1)))
    assert reasons(judge([Found((), FoundSealCode(header, joined), None)], KEYS)) == {Reason.WRONG_CONTENT}


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(min_size=200, max_size=2000))
def test_no_picture_of_noise_is_good_or_a_fault(noise: bytes) -> None:
    side = np.resize(np.frombuffer(noise, dtype=np.uint8), (220, 180))
    assert read_sheet([side], KEYS).verdict is not Verdict.GOOD


def test_nothing_personal_is_in_the_findings_repr() -> None:
    assert "健吾" not in repr(read_sheet(sheets.sides(sheets.residence().file), KEYS))
