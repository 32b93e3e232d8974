"""What a user-authentication X.509 must be, and how fresh the knowledge of what was revoked: data, not code, because
keys, policies and usages change with the generations of the card."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class IdentityPolicy:
    """What is asked of an X.509, its issuer and its issuer's CRLs. OIDs are dotted."""

    policies: frozenset[str]
    """Certificate policies of which the X.509 names at least one."""
    key_usage_required: bool
    """Whether an X.509 that states no key usage is refused. One that states some must have digitalSignature."""
    extended_key_usages: frozenset[str]
    """Extended key usages of which the X.509 names at least one, if it names any."""
    key_bits: frozenset[int]
    """Lengths of the card's RSA key."""
    issuer_signatures: frozenset[str]
    """Signature algorithms of issuers, on X.509s and CRLs."""
    crl_max_age: timedelta
    """How old the newest CRL may be, whatever it says itself of its next update."""
    clock_skew: timedelta = timedelta(minutes=5)
    """How far the issuer's clock may be ahead of ours."""


JPKI = IdentityPolicy(
    policies=frozenset({"1.2.392.200149.8.5.1.3.30"}),
    key_usage_required=True,
    extended_key_usages=frozenset({"1.3.6.1.5.5.7.3.2"}),
    key_bits=frozenset({2048}),
    issuer_signatures=frozenset({"1.2.840.113549.1.1.11"}),
    crl_max_age=timedelta(hours=48),
)
"""The user-authentication X.509 of today's card: client authentication, RSA-2048, SHA-256 with RSA. Its usages were
not read from a real one yet; should a real one state none, `key_usage_required` is the place."""
