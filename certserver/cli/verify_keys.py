"""Whom koufu-verify believes, and with whose key it signs its records: from the files that its command line names."""

import argparse
import binascii
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from certserver.verify.confinement import Trusted
from certserver.verify.judge import Reason
from certserver.verify.limits import read_at_most
from certserver.verify.record import MAX_RECORD, CheckRecord, open_record
from certserver.verify.trust import SeenNumbers, judged_trust_list
from koufu.evidence.bundle import BUNDLE_FOLDER
from koufu.evidence.errors import EvidenceError
from koufu.evidence.sealcode import SIGNATURE_BYTES
from koufu.evidence.trustlist import KEY_BYTES, MAX_TRUST_LIST, TrustList

MAX_KEY_FILE = 4096
"""Bytes of a file with a key that are looked at."""


class WrongCall(Exception):
    """The command line names something that can't be used."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What a check goes by. `refused`: why the trust list says nothing, so that nothing is checked."""

    trusted: Trusted
    trust_list: TrustList | None
    refused: Reason | None

    @property
    def names(self) -> dict[str, str]:
        """Of municipalities by code."""
        listed = self.trust_list.signatories if self.trust_list is not None else ()
        return {each.municipality: each.name for each in listed}

    @property
    def list_gone_by(self) -> tuple[int, bytes]:
        """Number and bytes of the trust list, 0 and none without one."""
        return (self.trust_list.number if self.trust_list is not None else 0), self.trusted.trust_list


def believed(parsed: argparse.Namespace, now: int) -> Believed:
    """Whom to believe at an instant (Unix seconds). Raises `WrongCall`, `DamagedSeen` and `OSError`."""
    given = tuple(_raw_key(path) for path in parsed.key)
    fonts = tuple(parsed.font)
    if parsed.trust_list is None:
        if not given:
            raise WrongCall("name the trust list with --trust-list and --trust-key, or a key with --key")
        return Believed(Trusted(given, b"", parsed.bundles, fonts), None, None)
    if parsed.trust_key is None:
        raise WrongCall("a trust list needs --trust-key")
    evidence = read_at_most(parsed.trust_list, MAX_TRUST_LIST)
    judged = judged_trust_list(
        evidence,
        read_at_most(parsed.trust_list.with_suffix(".sig"), SIGNATURE_BYTES),
        Ed25519PublicKey.from_public_bytes(_raw_key(parsed.trust_key)),
        now,
        SeenNumbers(parsed.state) if parsed.state is not None else None,
    )
    bundles = parsed.bundles or parsed.trust_list.parent / BUNDLE_FOLDER
    if isinstance(judged, Reason):
        return Believed(Trusted(given, b"", bundles, fonts), None, judged)
    return Believed(Trusted(given, evidence, bundles, fonts), judged, None)


def verifier_key(parsed: argparse.Namespace) -> Ed25519PrivateKey:
    """The key that signs records. Raises `WrongCall` and `OSError`."""
    if parsed.evidence_key is None:
        raise WrongCall("--evidence needs --evidence-key: make one with `openssl genpkey -algorithm ed25519`")
    try:
        key = load_pem_private_key(read_at_most(parsed.evidence_key, MAX_KEY_FILE), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise WrongCall(f"{parsed.evidence_key} holds no private key in PEM without a passphrase") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongCall(f"{parsed.evidence_key} is no Ed25519 key")
    return key


def opened_record(parsed: argparse.Namespace) -> CheckRecord:
    """The record that --check-evidence names. Raises `WrongCall` when it is none or another key signed it, and
    `OSError`."""
    if parsed.evidence_key is None:
        raise WrongCall("--check-evidence needs the verifier's public key: --evidence-key FILE")
    file: Path = parsed.check_evidence
    try:
        return open_record(
            read_at_most(file, MAX_RECORD),
            read_at_most(file.with_name(file.name + ".sig"), SIGNATURE_BYTES),
            _public_key(parsed.evidence_key),
        )
    except EvidenceError as error:
        raise WrongCall(f"{file}: {error}") from error


def _public_key(file: Path) -> Ed25519PublicKey:
    content = read_at_most(file, MAX_KEY_FILE)
    if not content.startswith(b"-----"):
        return Ed25519PublicKey.from_public_bytes(_raw_key(file))
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WrongCall(f"{file} holds no public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise WrongCall(f"{file} is no Ed25519 key")
    return key


def _raw_key(file: Path) -> bytes:
    text = read_at_most(file, MAX_KEY_FILE).strip()
    for decode in (bytes.fromhex, binascii.a2b_base64):
        try:
            raw = decode(text.decode("ascii"))
        except (ValueError, UnicodeDecodeError):
            continue
        if len(raw) == KEY_BYTES:
            return raw
    raise WrongCall(f"{file} holds no Ed25519 public key of {KEY_BYTES} bytes in hex or base64")
