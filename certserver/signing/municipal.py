"""The two Ed25519 keys of the server: the municipality's, for statements, seal codes and audit heads, and the issuance
centre's, for the directory. Each use has its own domain, so that no signature can stand for another."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from koufu.evidence.directory import Directory
from koufu.evidence.sealcode import KEY_ID_BYTES, signed_bytes
from koufu.evidence.statement import SignedStatement, Statement

AUDIT_HEAD_DOMAIN = b"koufu/audit-head/1\x00"


def key_id_of(raw_public_key: bytes) -> bytes:
    """The first 8 bytes of the SHA-256 of a raw public key."""
    return sha256(raw_public_key).digest()[:KEY_ID_BYTES]


class MunicipalKey:
    """Signs what one municipality answers for."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.public_key: Ed25519PublicKey = private_key.public_key()
        self.raw_public_key = self.public_key.public_bytes_raw()
        self.key_id = key_id_of(self.raw_public_key)

    def sign_page(self, deflated: bytes) -> bytes:
        """The signature for one page's seal code, 64 bytes."""
        return self._private_key.sign(signed_bytes(deflated))

    def sign_bundle(self, evidence: bytes) -> bytes:
        """The signature over the bytes of a form bundle, 64 bytes; they begin with its own domain."""
        return self._private_key.sign(evidence)

    def sign_statement(self, statement: Statement) -> SignedStatement:
        """The statement's bytes and the signature over them."""
        evidence = statement.to_bytes()
        return SignedStatement(evidence, self._private_key.sign(evidence))

    def sign_audit_head(self, head: bytes) -> bytes:
        """The signature over a head of the audit log, 64 bytes."""
        return self._private_key.sign(AUDIT_HEAD_DOMAIN + head)

    def signed_audit_head(self, head: bytes, signature: bytes) -> bool:
        """Whether this key signed a head of the audit log."""
        try:
            self.public_key.verify(signature, AUDIT_HEAD_DOMAIN + head)
        except InvalidSignature:
            return False
        return True


class DirectoryKey:
    """Signs the directory of municipalities."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.public_key: Ed25519PublicKey = private_key.public_key()

    def sign_directory(self, directory: Directory) -> tuple[bytes, bytes]:
        """The directory's bytes and the signature over them."""
        evidence = directory.to_bytes()
        return evidence, self._private_key.sign(evidence)
