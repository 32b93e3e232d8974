"""`koufu-server staff`, as an operator types it, beside a server that runs; what it shows is taken in as by an
authenticator."""

import re
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.ports import unix
from certserver.staff.codes import STEP_S, code_at
from tests.support.card_applications import entries_of, verified
from tests.support.server import ServerForTests, a_server
from tests.support.server_settings import POST_OFFICE
from tests.support.staff import staff_desk

CLERK = ("--role", "clerk", "--outlet", POST_OFFICE.name, "--place", "post-office", "--since", "2026-04-01")
PASSWORD = "a password of her own"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        made.clock.set(SystemClock().now())
        made.refresh_crl()
        yield made


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    return file


def typed(server: ServerForTests, *words: str) -> int:
    return main([*words[:2], "--home", str(server.home), *words[2:]])


def added(server: ServerForTests, file: Path, mark: str = "hana-1") -> int:
    return typed(server, "staff", "add", mark, "--name", "見本　花", "--password-file", str(file))


def secret_in(shown: str) -> bytes:
    """What an authenticator takes in from what was shown."""
    (uri,) = re.findall(r"otpauth://\S+", shown)
    return b32decode(parse_qs(urlsplit(uri).query)["secret"][0])


def read_symbol(shown: str) -> str:
    """What a telephone's camera reads from the terminal's window."""
    rows = [line for line in shown.splitlines() if line and not set(line) - set("█▀▄ ")]
    light = np.array([[c in half for c in row] for row in rows for half in ("█▀", "█▄")])
    (found,) = zxingcpp.read_barcodes(np.kron(light * 255, np.ones((4, 4))).astype(np.uint8))
    return str(found.text)


def test_somebody_is_entered_and_signs_in(
    server: ServerForTests, password_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert added(server, password_file) == 0
    shown = capsys.readouterr().out
    secret = secret_in(shown)
    assert read_symbol(shown) in shown
    desk = staff_desk(server)

    def signs_in(known: bytes) -> str:
        server.clock.advance(STEP_S)
        return desk.sign_in(desk.typed("hana-1", PASSWORD, code_at(known, unix(server.clock.now()))))

    assert signs_in(secret) == "not-here"
    assert typed(server, "staff", "role", "hana-1", *CLERK) == 0
    assert signs_in(secret) == "clerk"
    assert typed(server, "staff", "reset", "hana-1", "--password-file", str(password_file)) == 0
    assert desk.extend() == "no-session"
    anew = secret_in(capsys.readouterr().out)
    assert signs_in(secret) == "wrong-credentials"
    assert signs_in(anew) == "clerk"
    assert typed(server, "staff", "end", "hana-1") == 0
    assert desk.extend() == "no-session"
    assert signs_in(anew) == "not-here"
    noted = [detail["what"] for event, detail in entries_of(server) if event == "configured"]
    assert next(each for each in noted if str(each).startswith("staff")) == "staff: hana-1 added"
    assert PASSWORD not in repr(entries_of(server))
    verified(server)


def test_the_list_says_who_works_where(
    server: ServerForTests, password_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added(server, password_file)
    typed(server, "staff", "role", "hana-1", *CLERK, "--until", "2026-05-31")
    typed(server, "staff", "role", "hana-1", *CLERK[:-1], "2026-06-01")
    capsys.readouterr()
    assert typed(server, "staff", "list") == 0
    assert capsys.readouterr().out == "hana-1  見本　花\n  clerk at post-office (post-office) since 2026-06-01\n"
    assert typed(server, "staff", "list", "--all") == 0
    assert "since 2026-04-01 until 2026-05-31" in capsys.readouterr().out


def test_a_card_signs_in_until_it_is_taken_away(server: ServerForTests, password_file: Path, tmp_path: Path) -> None:
    added(server, password_file)
    typed(server, "staff", "role", "hana-1", *CLERK)
    card = server.authority.issue()
    file = tmp_path / "card.pem"
    file.write_bytes(x509.load_der_x509_certificate(card.user_auth_x509).public_bytes(Encoding.PEM))
    desk = staff_desk(server)
    assert typed(server, "staff", "card", "hana-1", "--x509", str(file)) == 0
    assert desk.sign_in(desk.by_card(card)) == "clerk"
    assert typed(server, "staff", "card", "hana-1", "--none") == 0
    assert desk.extend() == "no-session"
    assert desk.sign_in(desk.by_card(card)) == "wrong-credentials"


def test_a_card_is_one_persons_and_of_a_trusted_issuer(
    server: ServerForTests, password_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added(server, password_file)
    added(server, password_file, "taro-1")
    card, ca = tmp_path / "card.der", tmp_path / "ca.der"
    card.write_bytes(server.authority.issue().user_auth_x509)
    ca.write_bytes(server.authority.ca_der())
    assert typed(server, "staff", "card", "hana-1", "--x509", str(card)) == 0
    for mark, file, why in (("taro-1", card, "somebody else"), ("taro-1", ca, "trusted issuer"), ("x", card, "nobody")):
        assert typed(server, "staff", "card", mark, "--x509", str(file)) == 1
        assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("staff", "add", "花", "--name", "花"), "no mark"),
        (("staff", "add", "hana-1", "--name", " "), "who it is"),
        (("staff", "add", "hana-1", "--name", "花"), "already"),
        (("staff", "role", "nobody", *CLERK), "nobody has the mark"),
        (("staff", "role", "hana-1", *CLERK), "end that first"),
        (("staff", "role", "hana-1", "--role", "officer", *CLERK[2:]), "nobody works as officer"),
        (("staff", "role", "hana-1", *CLERK, "--until", "2026-03-01"), "ends before it begins"),
        (("staff", "reset", "nobody"), "nobody has the mark"),
        (("staff", "end", "nobody"), "nobody has the mark"),
    ],
)
def test_what_can_not_be_is_said_plainly(
    server: ServerForTests,
    password_file: Path,
    words: tuple[str, ...],
    why: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    added(server, password_file)
    typed(server, "staff", "role", "hana-1", *CLERK)
    capsys.readouterr()
    file = ("--password-file", str(password_file)) if words[1] in ("add", "reset") else ()
    assert typed(server, *words, *file) == 1
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "short\n", "hana-1 is her mark\n"])
def test_a_password_that_is_easy_to_guess_is_none(server: ServerForTests, tmp_path: Path, content: str) -> None:
    file = tmp_path / "weak"
    file.write_text(content)
    assert added(server, file) == 1


def test_without_anybody_to_type_one_a_password_comes_from_a_file(
    server: ServerForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(server, "staff", "add", "hana-1", "--name", "花") == 1
    assert "--password-file" in capsys.readouterr().err
