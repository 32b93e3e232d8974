"""The two kinds of Ed25519 keys of a server: the municipality's, for statements, seal codes and audit heads, and the
issuance centre's, for the directory and the trust list. Each use has its own domain, so that no signature can stand for
another."""

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.signing.signers import Signer
from koufu.evidence.directory import Directory
from koufu.evidence.sealcode import signed_bytes
from koufu.evidence.statement import SignedStatement, Statement
from koufu.evidence.trustlist import TrustList, public_key_id

AUDIT_HEAD_DOMAIN = b"koufu/audit-head/1\x00"


class MunicipalKey:
    """Signs what one municipality answers for."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self.raw_public_key = signer.raw_public_key
        self.public_key = Ed25519PublicKey.from_public_bytes(self.raw_public_key)
        self.key_id = public_key_id(self.raw_public_key)

    def sign_page(self, deflated: bytes) -> bytes:
        """The signature for one page's seal code, 64 bytes."""
        return self._signer.sign(signed_bytes(deflated))

    def sign_bundle(self, evidence: bytes) -> bytes:
        """The signature over the bytes of a form bundle, 64 bytes; they begin with its own domain."""
        return self._signer.sign(evidence)

    def sign_statement(self, statement: Statement) -> SignedStatement:
        """The statement's bytes and the signature over them."""
        evidence = statement.to_bytes()
        return SignedStatement(evidence, self._signer.sign(evidence))

    def sign_audit_head(self, head: bytes) -> bytes:
        """The signature over a head of the audit log, 64 bytes."""
        return self._signer.sign(AUDIT_HEAD_DOMAIN + head)


def signed_audit_head(raw_public_keys: Iterable[bytes], head: bytes, signature: bytes) -> bool:
    """Whether one of these keys signed a head of the audit log."""
    return any(
        _holds(Ed25519PublicKey.from_public_bytes(raw), signature, AUDIT_HEAD_DOMAIN + head) for raw in raw_public_keys
    )


class CentreKey:
    """Signs what an issuance centre answers for: the directory of servers and the trust list."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self.public_key = Ed25519PublicKey.from_public_bytes(signer.raw_public_key)

    def sign_directory(self, directory: Directory) -> tuple[bytes, bytes]:
        """The directory's bytes and the signature over them."""
        evidence = directory.to_bytes()
        return evidence, self._signer.sign(evidence)

    def sign_trust_list(self, trust_list: TrustList) -> tuple[bytes, bytes]:
        """The trust list's bytes and the signature over them. Raises `MalformedEvidence` for a list that nobody could
        open: it is found here and not by recipients."""
        evidence = trust_list.to_bytes()
        TrustList.from_bytes(evidence)
        return evidence, self._signer.sign(evidence)

    def signed(self, evidence: bytes, signature: bytes) -> bool:
        """Whether this key signed these bytes."""
        return _holds(self.public_key, signature, evidence)


def _holds(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
