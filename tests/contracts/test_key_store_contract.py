"""Every place that keeps keys makes them, finds them again and signs; openssl, which knows none of our code,
verifies."""

import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Lock

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certserver.errors import ConfigurationError, SigningFault
from certserver.signing.file_store import FileStore
from certserver.signing.signers import KeyStore
from certserver.signing.token_store import TokenStore
from koufu.evidence.trustlist import public_key_id
from tests.support.cards import seeded
from tests.support.hsm import MODULE, PIN, make_token

Open = Callable[[], KeyStore]
"""Opens the place that a test works on, as often as it likes, one after the other."""

pytestmark = pytest.mark.xdist_group("key-stores")  # a PKCS#11 module is one for a whole process

KINDS = ("file", "token")


def _opener(kind: str, tmp_path: Path) -> Open:
    if kind == "file":
        return lambda: FileStore(tmp_path, b"a passphrase", seeded())
    token = make_token()
    return lambda: TokenStore(MODULE, token, PIN, Lock())


@pytest.fixture(params=KINDS)
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return _opener(request.param, tmp_path)


def test_openssl_verifies_what_was_signed(opening: Open, tmp_path: Path) -> None:
    with closing(opening()) as store:
        signer = store.make()
        for message in (b"a statement", bytes(70_000)):
            signature = signer.sign(message)
            assert len(signature) == 64
            assert openssl_verifies(tmp_path, signer.raw_public_key, message, signature)
        assert not openssl_verifies(tmp_path, store.make().raw_public_key, b"a statement", signer.sign(b"a statement"))


def test_a_key_is_found_again_by_its_public_half(opening: Open) -> None:
    with closing(opening()) as store:
        first, second = store.make(), store.make()
        wanted = {signer.raw_public_key: signer.sign(b"m") for signer in (first, second)}
    assert len(wanted) == 2
    with closing(opening()) as store:
        # Ed25519 is deterministic: the same key gives the same signature.
        assert {raw: store.open(raw).sign(b"m") for raw in wanted} == wanted
        assert all(store.open(raw).raw_public_key == raw for raw in wanted)


def test_a_key_that_is_not_kept_is_told(opening: Open) -> None:
    with closing(opening()) as store:
        store.make()
        unknown = bytes(range(32))
        with pytest.raises(ConfigurationError, match=public_key_id(unknown).hex()):
            store.open(unknown)


def test_threads_sign_at_once(opening: Open) -> None:
    with closing(opening()) as store:
        signer = store.make()
        key = Ed25519PublicKey.from_public_bytes(signer.raw_public_key)
        messages = [bytes((n,)) * 500 for n in range(64)]
        with ThreadPoolExecutor(8) as threads:
            signatures = list(threads.map(signer.sign, messages))
        for message, signature in zip(messages, signatures, strict=True):
            key.verify(signature, message)


def test_a_child_opens_the_place_by_itself(opening: Open) -> None:
    with closing(opening()) as store:
        raw = store.make().raw_public_key
    child = os.fork()
    if child == 0:
        status = 1
        try:
            Ed25519PublicKey.from_public_bytes(raw).verify(opening().open(raw).sign(b"m"), b"m")
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_no_private_key_is_told(opening: Open) -> None:
    with closing(opening()) as store:
        signer = store.make()
        assert "PRIVATE" not in repr(signer).upper().replace("PRIVATE_KEY", "")
        assert not [name for name in dir(signer) if "private" in name and not name.startswith("_")]


def test_another_key_under_the_same_name_is_refused(tmp_path: Path) -> None:
    store = FileStore(tmp_path, b"a passphrase", seeded())
    one, other = store.make(), store.make()
    files = [tmp_path / f"{public_key_id(signer.raw_public_key).hex()}.key" for signer in (one, other)]
    files[0].write_bytes(files[1].read_bytes())
    with pytest.raises(ConfigurationError, match="another key"):
        store.open(one.raw_public_key)


def test_a_token_that_does_not_open_says_what_to_check() -> None:
    token = make_token()
    for module, label, pin in ((MODULE, token, "0000"), (MODULE, "other", PIN), ("/nowhere.so", token, PIN)):
        with pytest.raises(ConfigurationError, match="pkcs11_module") as told:
            TokenStore(module, label, pin, Lock())
        assert pin not in str(told.value)


def test_a_key_in_a_token_does_not_leave_it() -> None:
    token = make_token()
    with closing(TokenStore(MODULE, token, PIN, Lock())) as store:
        key_id = public_key_id(store.make().raw_public_key).hex()
    reading = ["pkcs11-tool", "--module", MODULE, "--token-label", token, "--login", "--pin", PIN]
    told = subprocess.run([*reading, "-O", "--type", "privkey"], capture_output=True, text=True, check=True).stdout
    assert key_id in told
    assert "sensitive" in told
    assert "never extractable" in told


def test_a_token_that_was_let_go_does_not_sign() -> None:
    token = make_token()
    store = TokenStore(MODULE, token, PIN, Lock())
    signer = store.make()
    store.close()
    with pytest.raises(SigningFault):
        signer.sign(b"m")


def openssl_verifies(folder: Path, raw: bytes, message: bytes, signature: bytes) -> bool:
    pem = Ed25519PublicKey.from_public_bytes(raw).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for name, content in (("pub.pem", pem), ("message", message), ("signature", signature)):
        (folder / name).write_bytes(content)
    files = ["-inkey", f"{folder}/pub.pem", "-in", f"{folder}/message", "-sigfile", f"{folder}/signature"]
    done = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *files], capture_output=True, check=False
    )
    return done.returncode == 0
