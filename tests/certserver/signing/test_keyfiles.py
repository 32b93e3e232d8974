"""Secrets rest encrypted, are readable by their owner only, and are never overwritten."""

from pathlib import Path

import pytest

from certserver.errors import ConfigurationError, StorageError
from certserver.signing.keyfiles import SIGNING_KEY, STORAGE_SECRET, read_secret, write_private, write_secret
from certserver.signing.secrets import Vault, subkey
from tests.support.cards import seeded

PASSPHRASE = b"a passphrase"
SECRET = bytes(range(32))
_COST_AT = 9


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "storage.secret"
    write_secret(made, SECRET, PASSPHRASE, seeded(), STORAGE_SECRET)
    return made


def test_a_secret_comes_back_with_its_passphrase_and_for_its_use_only(file: Path) -> None:
    assert read_secret(file, PASSPHRASE, STORAGE_SECRET) == SECRET
    assert SECRET not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    for passphrase, use in ((b"another", STORAGE_SECRET), (PASSPHRASE, SIGNING_KEY)):
        with pytest.raises(ConfigurationError, match="does not open"):
            read_secret(file, passphrase, use)


def test_a_damaged_file_is_told(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    other = tmp_path / "other.secret"
    for damaged in (b"", whole[:-1], whole + b"\0", b"X" + whole[1:]):
        other.write_bytes(damaged)
        with pytest.raises(ConfigurationError, match="is damaged"):
            read_secret(other, PASSPHRASE, STORAGE_SECRET)
    for at in (_COST_AT + 1, _COST_AT + 20, len(whole) - 1):
        other.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        with pytest.raises(ConfigurationError, match="does not open"):
            read_secret(other, PASSPHRASE, STORAGE_SECRET)


@pytest.mark.parametrize("cost", [0, 14, 21, 63, 255])
def test_a_cost_that_nobody_set_eats_no_memory(file: Path, cost: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:_COST_AT] + bytes((cost,)) + whole[_COST_AT + 1 :])
    with pytest.raises(ConfigurationError, match="is damaged"):
        read_secret(file, PASSPHRASE, STORAGE_SECRET)


def test_a_file_is_never_overwritten(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ConfigurationError, match="never overwritten"):
        write_private(file, b"other")
    assert file.read_bytes() == before
    with pytest.raises(ConfigurationError, match="koufu-server init"):
        read_secret(file.with_name("missing"), PASSPHRASE, STORAGE_SECRET)


def test_a_stored_value_opens_only_where_it_belongs() -> None:
    vault = Vault(subkey(bytes(32), "stored values"), seeded())
    closed = vault.close(b"value", b"about this")
    assert vault.open(closed, b"about this") == b"value"
    for wrong, about in ((closed, b"about that"), (closed[:-1], b"about this"), (b"", b"about this")):
        with pytest.raises(StorageError):
            vault.open(wrong, about)
    with pytest.raises(StorageError):
        Vault(subkey(bytes(32), "another use"), seeded()).open(closed, b"about this")
