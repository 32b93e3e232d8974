"""The two Ed25519 keys of the server: the municipality's, for statements, seal codes and audit heads, and the issuance
centre's, for the directory. Each use has its own domain, so that no signature can stand for another."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from koufu.evidence.directory import Directory
from koufu.evidence.sealcode import signed_bytes
from koufu.evidence.statement import SignedStatement, Statement
from koufu.evidence.trustlist import TrustList, public_key_id

AUDIT_HEAD_DOMAIN = b"koufu/audit-head/1\x00"


class MunicipalKey:
    """Signs what one municipality answers for."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.public_key: Ed25519PublicKey = private_key.public_key()
        self.raw_public_key = self.public_key.public_bytes_raw()
        self.key_id = public_key_id(self.raw_public_key)

    def sign_page(self, deflated: bytes) -> bytes:
        """The signature for one page's seal code, 64 bytes."""
        return self._private_key.sign(signed_bytes(deflated))

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


class CentreKey:
    """Signs what an issuance centre answers for: the directory of servers and the trust list."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.public_key: Ed25519PublicKey = private_key.public_key()

    def sign_directory(self, directory: Directory) -> tuple[bytes, bytes]:
        """The directory's bytes and the signature over them."""
        evidence = directory.to_bytes()
        return evidence, self._private_key.sign(evidence)

    def sign_trust_list(self, trust_list: TrustList) -> tuple[bytes, bytes]:
        """The trust list's bytes and the signature over them. Raises `MalformedEvidence` for a list that nobody could
        open: it is found here and not by recipients."""
        evidence = trust_list.to_bytes()
        TrustList.from_bytes(evidence)
        return evidence, self._private_key.sign(evidence)

    def signed(self, evidence: bytes, signature: bytes) -> bool:
        """Whether this key signed these bytes."""
        try:
            self.public_key.verify(signature, evidence)
        except InvalidSignature:
            return False
        return True
