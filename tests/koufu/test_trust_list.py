"""What a trust list may say, and what a key in it counts for."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from koufu.evidence.codec import Writer
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.trustlist import (
    MAX_BUNDLES,
    MAX_KEYS,
    MAX_SIGNATORIES,
    MAX_TRUST_LIST,
    TRUST_DOMAIN,
    KeyStanding,
    ListedBundle,
    ListedKey,
    Period,
    Revocation,
    RevocationReason,
    TrustList,
    open_trust_list,
)
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list

OTHER = bytes(range(32))
CEASED, LOST, COMPROMISED = RevocationReason.CEASED, RevocationReason.LOST, RevocationReason.COMPROMISED


def key(since: int, until: int | None = None, revocation: Revocation | None = None) -> ListedKey:
    return ListedKey(OTHER, Period(since, until), revocation)


@pytest.mark.parametrize(
    ("listed", "standings"),
    [
        (key(10), "NNSSS"),
        (key(10, 20), "NNSEE"),
        (key(10, None, Revocation(20, CEASED)), "NNSRR"),
        (key(10, None, Revocation(20, LOST)), "NNSRR"),
        (key(10, None, Revocation(20, COMPROMISED)), "RRRRR"),
        (key(10, 20, Revocation(21, CEASED)), "NNSER"),
        (key(10, 20, Revocation(21, COMPROMISED)), "RRRRR"),
        (key(10, 20, Revocation(5, CEASED)), "NRRRR"),
        (key(10, 10), "NNEEE"),
    ],
)
def test_what_a_key_counts_for(listed: ListedKey, standings: str) -> None:
    letters = {"N": "NOT_YET_VALID", "S": "SPEAKS", "E": "EXPIRED", "R": "REVOKED"}
    instants = (0, 9, 10, 20, 21)
    assert [listed.standing(at) for at in instants] == [KeyStanding[letters[letter]] for letter in standings]


def test_a_list_opens_with_its_centre_alone() -> None:
    trust_list = a_trust_list(a_signatory())
    evidence, signature = CENTRE.sign_trust_list(trust_list)
    assert open_trust_list(evidence, signature, CENTRE.public_key) == trust_list
    for other_key, other_signature in (
        (Ed25519PrivateKey.generate().public_key(), signature),
        (CENTRE.public_key, b""),
        (CENTRE.public_key, bytes(64)),
    ):
        with pytest.raises(BadSignature):
            open_trust_list(evidence, other_signature, other_key)


@pytest.mark.parametrize(
    "trust_list",
    [
        a_trust_list(number=0),
        a_trust_list(issued_at=5, expires_at=5),
        a_trust_list(a_signatory("992011"), a_signatory("992011", OTHER)),
        a_trust_list(a_signatory("992020"), a_signatory("992011", OTHER)),
        a_trust_list(a_signatory("992011"), a_signatory("992020")),
        a_trust_list(replace(a_signatory(), keys=(key(0), key(10)))),
        a_trust_list(replace(a_signatory(), keys=(key(10, 9),))),
        a_trust_list(replace(a_signatory(), bundles=(ListedBundle(OTHER, Period(0)),) * 2)),
        a_trust_list(replace(a_signatory(), keys=(ListedKey(b"short", Period(0)),))),
        a_trust_list(a_signatory("99201")),
        a_trust_list(a_signatory("99２")),
        a_trust_list(replace(a_signatory(), name="長" * 100)),
        a_trust_list(
            replace(a_signatory(), keys=tuple(ListedKey(bytes([n]) * 32, Period(0)) for n in range(MAX_KEYS + 1)))
        ),
        a_trust_list(
            replace(
                a_signatory(),
                bundles=tuple(ListedBundle(n.to_bytes(32, "big"), Period(0)) for n in range(MAX_BUNDLES + 1)),
            )
        ),
    ],
)
def test_what_a_list_must_not_say_is_never_signed(trust_list: TrustList) -> None:
    with pytest.raises(MalformedEvidence):
        CENTRE.sign_trust_list(trust_list)


def test_no_announced_size_makes_a_reader_work() -> None:
    head = Writer(TRUST_DOMAIN)
    for number in (1, 0, 10):
        head.number(number)
    for announced in (MAX_SIGNATORIES, MAX_SIGNATORIES + 1, 2**64 - 1):
        writer = Writer("")
        writer.number(announced)
        with pytest.raises(MalformedEvidence):
            TrustList.from_bytes(head.done() + writer.done()[4:])
    for size in (MAX_TRUST_LIST, MAX_TRUST_LIST + 1):
        with pytest.raises(MalformedEvidence):
            TrustList.from_bytes(bytes(size))
        with pytest.raises((BadSignature, MalformedEvidence)):
            open_trust_list(bytes(size), bytes(64), CENTRE.public_key)


def test_the_whole_country_fits() -> None:
    def municipality(number: int) -> tuple[ListedKey, ...]:
        return tuple(ListedKey(bytes((at,)) + number.to_bytes(31, "big"), Period(at)) for at in range(5))

    bundles = tuple(ListedBundle(at.to_bytes(32, "big"), Period(at)) for at in range(40))
    country = a_trust_list(
        *(replace(a_signatory(f"{n:06}"), keys=municipality(n), bundles=bundles) for n in range(1_800))
    )
    evidence, _ = CENTRE.sign_trust_list(country)
    assert len(evidence) < MAX_TRUST_LIST
    assert TrustList.from_bytes(evidence) == country
