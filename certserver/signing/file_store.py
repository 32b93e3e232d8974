"""Keys in files: one encrypted file a key, named by its key id, in one folder. The embedded default; a stolen disk
without the passphrase gives no key."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.errors import ConfigurationError
from certserver.ports import Entropy
from certserver.signing.keyfiles import SIGNING_KEY, read_secret, write_secret
from certserver.signing.signers import SoftSigner
from koufu.evidence.trustlist import public_key_id


@dataclass(frozen=True, slots=True, repr=False)
class FileStore:
    """Fulfils `certserver.signing.signers.KeyStore`."""

    folder: Path
    passphrase: bytes
    entropy: Entropy

    def make(self) -> SoftSigner:
        """A new key in a new file."""
        private_key = Ed25519PrivateKey.generate()
        signer = SoftSigner(private_key)
        file = self._file(signer.raw_public_key)
        write_secret(file, private_key.private_bytes_raw(), self.passphrase, self.entropy, SIGNING_KEY)
        return signer

    def open(self, raw_public_key: bytes) -> SoftSigner:
        """The key with this public half."""
        file = self._file(raw_public_key)
        secret = read_secret(file, self.passphrase, SIGNING_KEY)
        signer = SoftSigner(Ed25519PrivateKey.from_private_bytes(secret))
        if signer.raw_public_key != raw_public_key:
            raise ConfigurationError(f"{file} holds another key than its name says: bring the right one back")
        return signer

    def close(self) -> None:
        """Nothing is held open."""

    def _file(self, raw_public_key: bytes) -> Path:
        return self.folder / f"{public_key_id(raw_public_key).hex()}.key"
