"""Key files: Ed25519 keys as encrypted PKCS#8, the secret of the storage encrypted likewise. A key is written once,
readable by its owner only, and never without a passphrase."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from certserver.errors import ConfigurationError
from certserver.ports import Entropy

SECRET_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SECRET_DOMAIN = b"koufu/storage-secret/1"


def write_private(path: Path, content: bytes) -> None:
    """Creates a file of mode 0600. Raises `ConfigurationError` when it is already there: a key is never overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} is already there; it is never overwritten. Choose another folder") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def write_key(path: Path, key: Ed25519PrivateKey, passphrase: bytes) -> None:
    """Writes a key as PEM of an encrypted PKCS#8."""
    write_private(
        path,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        ),
    )


def read_key(path: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """The key in a file. Raises `ConfigurationError` with what to do."""
    try:
        key = serialization.load_pem_private_key(_read(path), passphrase)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{path} does not open with this passphrase, or is no key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(f"{path} holds another kind of key than Ed25519")
    return key


def write_secret(path: Path, secret: bytes, passphrase: bytes, entropy: Entropy) -> None:
    """Writes 32 secret bytes: salt 16, nonce 12, AES-256-GCM under scrypt of the passphrase."""
    salt, nonce = entropy(_SALT_BYTES), entropy(_NONCE_BYTES)
    write_private(path, salt + nonce + AESGCM(_stretch(passphrase, salt)).encrypt(nonce, secret, _SECRET_DOMAIN))


def read_secret(path: Path, passphrase: bytes) -> bytes:
    """The 32 secret bytes of a file. Raises `ConfigurationError` with what to do."""
    content = _read(path)
    salt, nonce = content[:_SALT_BYTES], content[_SALT_BYTES : _SALT_BYTES + _NONCE_BYTES]
    try:
        return AESGCM(_stretch(passphrase, salt)).decrypt(nonce, content[len(salt) + len(nonce) :], _SECRET_DOMAIN)
    except (InvalidTag, ValueError) as error:
        raise ConfigurationError(f"{path} does not open with this passphrase, or is damaged") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"can't read {path}: {error.strerror}. Was `koufu-server init` run?") from error


def _stretch(passphrase: bytes, salt: bytes) -> bytes:
    # The passphrase that init makes is random; the cost is for those that a person chose.
    return Scrypt(salt=salt, length=SECRET_BYTES, n=2**14, r=8, p=1).derive(passphrase)
