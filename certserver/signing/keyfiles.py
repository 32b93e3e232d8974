"""Secrets in files: 32 bytes under a passphrase, by scrypt and AES-256-GCM. A file is written once, readable by its
owner only, and never without a passphrase."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from certserver.errors import ConfigurationError
from certserver.ports import Entropy

SECRET_BYTES = 32
SIGNING_KEY = b"koufu/signing-key/1"
STORAGE_SECRET = b"koufu/storage-secret/2"
"""What a file holds, bound into it: one can't be put in the place of the other."""

_MAGIC = b"KOUFUKEY\x01"
_COST_LOG2 = 15
_HIGHEST_COST_LOG2 = 20
_SALT_BYTES = 16
_NONCE_BYTES = 12
_HEAD_BYTES = len(_MAGIC) + 1 + _SALT_BYTES + _NONCE_BYTES
_TAG_BYTES = 16


def write_private(path: Path, content: bytes) -> None:
    """Creates a file of mode 0600. Raises `ConfigurationError` when it is already there: a key is never overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} is already there; it is never overwritten. Choose another folder") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def write_secret(path: Path, secret: bytes, passphrase: bytes, entropy: Entropy, use: bytes) -> None:
    """Writes 32 secret bytes for one use: magic 9, log2 of scrypt's cost 1, salt 16, nonce 12, then AES-256-GCM, which
    covers all of it and the use."""
    salt, nonce = entropy(_SALT_BYTES), entropy(_NONCE_BYTES)
    head = b"".join((_MAGIC, bytes((_COST_LOG2,)), salt, nonce))
    cipher = AESGCM(_stretch(passphrase, salt, _COST_LOG2))
    write_private(path, head + cipher.encrypt(nonce, secret, head + use))


def read_secret(path: Path, passphrase: bytes, use: bytes) -> bytes:
    """The 32 secret bytes of a file. Raises `ConfigurationError` with what to do."""
    content = _read(path)
    head, cost = content[:_HEAD_BYTES], content[len(_MAGIC) : len(_MAGIC) + 1]
    whole = len(content) == _HEAD_BYTES + SECRET_BYTES + _TAG_BYTES and head.startswith(_MAGIC)
    # A damaged cost must not eat the machine's memory: it is read before anything vouches for it.
    if not whole or not _COST_LOG2 <= cost[0] <= _HIGHEST_COST_LOG2:
        raise ConfigurationError(f"{path} is no file of a key, or is damaged: bring it back from where it is kept")
    salt, nonce = head[len(_MAGIC) + 1 : -_NONCE_BYTES], head[-_NONCE_BYTES:]
    try:
        return AESGCM(_stretch(passphrase, salt, cost[0])).decrypt(nonce, content[_HEAD_BYTES:], head + use)
    except InvalidTag as error:
        raise ConfigurationError(f"{path} does not open with this passphrase, or is damaged") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"can't read {path}: {error.strerror}. Was `koufu-server init` run?") from error


def _stretch(passphrase: bytes, salt: bytes, cost_log2: int) -> bytes:
    # The passphrase that init makes is random; the cost (32 MiB, a tenth of a second) is for those a person chose.
    return Scrypt(salt=salt, length=SECRET_BYTES, n=2**cost_log2, r=8, p=1).derive(passphrase)
