"""`koufu-server checking-page`: served from a home, without any private key."""

import http.client
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from certserver.cli.main import main
from tests.support.homes import a_home

pytestmark = pytest.mark.xdist_group("server-commands")


def test_the_page_of_a_home_is_served_without_any_private_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, lists = a_home(tmp_path, demo=True), tmp_path / "lists"
    assert main(["checking-page", "--home", str(home), "--port", "0"]) == 1
    assert "trust-list export" in capsys.readouterr().err
    assert main(["trust-list", "export", str(lists), "--home", str(home)]) == 0
    for secret in [*(home / "keys").glob("*.key"), home / "keys/passphrase", home / "keys/storage.secret"]:
        secret.unlink()
    command = [sys.executable, "-m", "certserver.cli.main", "checking-page", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as page:
        try:
            assert page.stdout is not None
            port = json.loads(page.stdout.readline())["port"]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/trust-list")
            handed_out = connection.getresponse().read()
            assert handed_out == (lists / "trust-list.sig").read_bytes() + (lists / "trust-list.bin").read_bytes()
            connection.request("GET", "/")
            assert (lists / "trust-list.pub").read_text().strip() in connection.getresponse().read().decode()
            connection.request(
                "POST", "/status", json.dumps({"document_no": "K6SE22SX7PJV6RCW", "content_hash": "00" * 32})
            )
            assert json.loads(connection.getresponse().read()) == {"status": "unknown", "at": None}
            connection.close()
        finally:
            page.send_signal(signal.SIGTERM)
        said = page.stderr.read() if page.stderr is not None else ""
    assert (page.returncode, said) == (0, "")
