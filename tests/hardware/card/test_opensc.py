"""OpenSC, which knows nothing of us, against `koufu-card --pcsc` over a real daemon: X.509s, PINs, login, signature."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from tests.support.pcsc_bench import wait_until_empty, wait_until_present
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

pytestmark = pytest.mark.xdist_group("pcscd")

AUTH_ID, SIGNING_ID = "01", "02"


@pytest.fixture(scope="module")
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of cards that `koufu-card` made."""
    folder = tmp_path_factory.mktemp("cards")
    koufu_card("init", str(folder))
    for kind in ("normal", "locked", "android"):
        koufu_card("issue", str(folder), "--name", kind, "--kind", kind)
    return folder


def koufu_card(*arguments: str) -> str:
    command = [sys.executable, "-m", "hardware.card.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@contextlib.contextmanager
def attached(daemon: PcscDaemon, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A card in the daemon's reader, put there by the program."""
    command = [sys.executable, "-m", "hardware.card.cli", "--pcsc", "--port", str(daemon.port), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "goes into the reader" in process.stdout.readline()
        wait_until_present()
        yield process
        if process.poll() is None:
            process.communicate("quit\n", timeout=30)
    assert process.returncode == 0
    wait_until_empty(daemon)


def tool(daemon: PcscDaemon, *command: str, fails: bool = False) -> str:
    """What an OpenSC program says; it has to succeed, or to fail."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=daemon.environment, timeout=60, errors="replace"
    )
    assert (done.returncode != 0) is fails, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def pkcs11(daemon: PcscDaemon, *arguments: str, fails: bool = False) -> str:
    module = next(Path("/usr/lib").glob("*/opensc-pkcs11.so"))
    return tool(daemon, "pkcs11-tool", "--module", str(module), "--slot", "0", *arguments, fails=fails)


def tries(daemon: PcscDaemon) -> list[int]:
    """Tries left of user-authentication and signing PIN, as OpenSC reads them."""
    listed = tool(daemon, "pkcs15-tool", "--list-pins")
    return [int(number) for number in re.findall(r"Tries left\s*: (\d+)", listed)]


def test_opensc_knows_it_for_a_jpki_card_and_lists_x509s_and_pins(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder)):
        assert "jpki" in tool(daemon, "opensc-tool", "--name")
        listed = tool(daemon, "pkcs15-tool", "--list-certificates")
        assert "User Authentication Certificate" in listed
        assert "Digital Signature Certificate" in listed
        assert "CA" in listed
        assert tries(daemon) == [3, 5]
        shown = tool(daemon, "pkcs15-tool", "--read-certificate", AUTH_ID)
        issued = x509.load_pem_x509_certificate((folder / "cards/normal/user-auth.pem").read_bytes())
        assert x509.load_pem_x509_certificate(shown.encode()) == issued


def test_opensc_reads_the_signing_x509_behind_its_pin(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder)):
        shown = tool(
            daemon,
            *("pkcs15-tool", "--read-certificate", SIGNING_ID, "--verify-pin"),
            *("--auth-id", SIGNING_ID, "--pin", "ABC123"),
        )
        issued = x509.load_pem_x509_certificate((folder / "cards/normal/signing.pem").read_bytes())
        assert x509.load_pem_x509_certificate(shown[shown.index("-----BEGIN") :].encode()) == issued


def test_opensc_logs_in_and_openssl_verifies_its_signature(daemon: PcscDaemon, folder: Path, tmp_path: Path) -> None:
    message, signature, key = tmp_path / "message", tmp_path / "signature", tmp_path / "key.pem"
    message.write_bytes(b"koufu")
    with attached(daemon, "--dir", str(folder)):
        pkcs11(
            daemon,
            *("--login", "--pin", "1234", "--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", AUTH_ID),
            *("--input-file", str(message), "--output-file", str(signature)),
        )
    issued = folder / "cards/normal/user-auth.pem"
    key.write_text(tool(daemon, "openssl", "x509", "-in", str(issued), "-pubkey", "-noout"))
    verify = ("openssl", "dgst", "-sha256", "-verify", str(key), "-signature", str(signature), str(message))
    assert "Verified OK" in tool(daemon, *verify)
    message.write_bytes(b"koufv")
    assert "Verification failure" in tool(daemon, *verify, fails=True)


def test_a_wrong_pin_costs_opensc_one_try_and_the_right_one_brings_it_back(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder)):
        assert "CKR_PIN_INCORRECT" in pkcs11(daemon, "--login", "--pin", "0000", "--list-objects", fails=True)
        assert tries(daemon) == [2, 5]
        pkcs11(daemon, "--login", "--pin", "1234", "--list-objects")
        assert tries(daemon) == [3, 5]


def test_opensc_s_own_test_finds_no_error(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder)):
        assert "No errors" in pkcs11(daemon, "--login", "--pin", "1234", "--test")


def test_a_locked_card_shows_no_tries(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder), "--kind", "locked"):
        assert tries(daemon) == [0, 5]
        pkcs11(daemon, "--login", "--pin", "1234", "--list-objects", fails=True)


def test_a_phone_is_listed_too(daemon: PcscDaemon, folder: Path) -> None:
    with attached(daemon, "--dir", str(folder), "--kind", "android"):
        assert tries(daemon) == [3, 5]


def test_openssl_verifies_the_chain_and_the_list_of_revoked_x509s(folder: Path, daemon: PcscDaemon) -> None:
    ca, crl = str(folder / "ca/user-auth-1.pem"), str(folder / "ca/user-auth-1.crl")
    leaf = str(folder / "cards/normal/user-auth.pem")
    assert "OK" in tool(daemon, "openssl", "verify", "-crl_check", "-CRLfile", crl, "-CAfile", ca, leaf)
    koufu_card("issue", str(folder), "--name", "revoked", "--kind", "revoked")
    taken_back = str(folder / "cards/revoked/user-auth.pem")
    said = tool(daemon, "openssl", "verify", "-crl_check", "-CRLfile", crl, "-CAfile", ca, taken_back, fails=True)
    assert "certificate revoked" in said
