"""Keys rest encrypted, are readable by their owner only, and are never overwritten."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from certserver.errors import ConfigurationError, StorageError
from certserver.signing.keyfiles import read_key, read_secret, write_key, write_secret
from certserver.signing.secrets import Vault, subkey
from tests.support.cards import seeded

PASSPHRASE = b"a passphrase"


def test_a_key_comes_back_with_its_passphrase_only(tmp_path: Path) -> None:
    key, file = Ed25519PrivateKey.generate(), tmp_path / "statement.key"
    write_key(file, key, PASSPHRASE)
    assert read_key(file, PASSPHRASE).private_bytes_raw() == key.private_bytes_raw()
    assert key.private_bytes_raw() not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigurationError, match="does not open"):
        read_key(file, b"another")


def test_a_secret_comes_back_with_its_passphrase_only(tmp_path: Path) -> None:
    secret, file = bytes(range(32)), tmp_path / "storage.secret"
    write_secret(file, secret, PASSPHRASE, seeded())
    assert read_secret(file, PASSPHRASE) == secret
    assert secret not in file.read_bytes()
    for damaged in (b"", file.read_bytes()[:-1], file.read_bytes() + b"\0"):
        other = tmp_path / f"{len(damaged)}.secret"
        other.write_bytes(damaged)
        with pytest.raises(ConfigurationError, match="does not open"):
            read_secret(other, PASSPHRASE)
    with pytest.raises(ConfigurationError, match="does not open"):
        read_secret(file, b"another")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "statement.key"
    write_key(file, Ed25519PrivateKey.generate(), PASSPHRASE)
    before = file.read_bytes()
    with pytest.raises(ConfigurationError, match="never overwritten"):
        write_key(file, Ed25519PrivateKey.generate(), PASSPHRASE)
    assert file.read_bytes() == before


def test_another_kind_of_key_or_none_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    pem = generate_private_key(SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE)
    )
    other.write_bytes(pem)
    with pytest.raises(ConfigurationError, match="Ed25519"):
        read_key(other, PASSPHRASE)
    with pytest.raises(ConfigurationError, match="koufu-server init"):
        read_key(tmp_path / "missing.key", PASSPHRASE)


def test_a_stored_value_opens_only_where_it_belongs() -> None:
    vault = Vault(subkey(bytes(32), "stored values"), seeded())
    closed = vault.close(b"value", b"about this")
    assert vault.open(closed, b"about this") == b"value"
    for wrong, about in ((closed, b"about that"), (closed[:-1], b"about this"), (b"", b"about this")):
        with pytest.raises(StorageError):
            vault.open(wrong, about)
    with pytest.raises(StorageError):
        Vault(subkey(bytes(32), "another use"), seeded()).open(closed, b"about this")
