"""koufu-verify: files in, JSON and an exit code out; it needs nothing of the server's."""

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from certserver.signing.municipal import DirectoryKey
from certserver.verify.cli import GOOD, NOT_GOOD, TEXTS, WRONG_CALL, run
from certserver.verify.judge import Reason
from koufu.evidence.directory import Directory
from tests.support import sheets
from tests.support.directory_entries import an_entry
from tests.support.specimens import ISSUED_AT, KEY

pytestmark = pytest.mark.xdist_group("sheets")

NOW = datetime.fromtimestamp(ISSUED_AT, UTC)


@pytest.fixture
def key(tmp_path: Path) -> str:
    file = tmp_path / "mihon.pub"
    file.write_text(KEY.raw_public_key.hex() + "\n")
    return str(file)


@pytest.fixture
def pdf(tmp_path: Path) -> str:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(sheets.residence().file)
    return str(file)


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return dict(json.loads(capsys.readouterr().out))


def test_a_good_pdf_exits_with_zero(key: str, pdf: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--key", key, pdf], NOW) == GOOD
    assert report(capsys) == {
        "verdict": "good",
        "document_no": sheets.residence().document_no,
        "pages": 1,
        "reasons": [],
    }


def test_fields_are_told_on_request(key: str, pdf: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--key", key, "--fields", pdf], NOW) == GOOD
    (page,) = report(capsys)["fields"]
    assert ["1.name", "氏名", "辻\U000e0102　健吾"] in page["entries"]
    assert page["kind"] == "residence"


def test_pictures_of_face_and_back_are_taken_one_by_one(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    face, back = (tmp_path / name for name in ("face.png", "back.jpg"))
    for file, side in zip((face, back), sheets.sides(sheets.residence().file), strict=True):
        Image.fromarray(side).save(file)
    assert run(["--key", key, str(back), str(face)], NOW) == GOOD
    assert run(["--key", key, str(back)], NOW) == NOT_GOOD


def test_a_key_may_be_base64(pdf: str, tmp_path: Path) -> None:
    file = tmp_path / "key.b64"
    file.write_bytes(base64.b64encode(KEY.raw_public_key))
    assert run(["--key", str(file), pdf], NOW) == GOOD


def directory(tmp_path: Path, expires_at: int) -> list[str]:
    centre = DirectoryKey(KEY._private_key)
    entry = an_entry("990001", KEY.raw_public_key)
    evidence, signature = centre.sign_directory(Directory((entry,), ISSUED_AT - 10, expires_at))
    (tmp_path / "directory.bin").write_bytes(evidence)
    (tmp_path / "directory.sig").write_bytes(signature)
    (tmp_path / "directory.pub").write_text(centre.public_key.public_bytes_raw().hex())
    return ["--directory", str(tmp_path / "directory.bin"), "--directory-key", str(tmp_path / "directory.pub")]


def test_keys_may_come_from_the_signed_directory(pdf: str, tmp_path: Path) -> None:
    assert run([*directory(tmp_path, ISSUED_AT + 10), pdf], NOW) == GOOD


def test_a_directory_that_expired_or_was_changed_is_refused(
    pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*directory(tmp_path, ISSUED_AT), pdf], NOW) == WRONG_CALL
    assert "fetch a new one" in capsys.readouterr().err
    arguments = directory(tmp_path, ISSUED_AT + 10)
    (tmp_path / "directory.sig").write_bytes(bytes(64))
    assert run([*arguments, pdf], NOW) == WRONG_CALL
    assert run([*arguments[:2], pdf], NOW) == WRONG_CALL


def test_a_call_without_keys_or_with_a_wrong_file_is_told(
    key: str, pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "short.key"
    short.write_text("00ff")
    for arguments in ([pdf], ["--key", str(short), pdf], ["--key", key, str(tmp_path / "none.pdf")]):
        assert run(arguments, NOW) == WRONG_CALL
        assert capsys.readouterr().err.startswith("koufu-verify: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"%PDF-1.4\nbroken", b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)],
    ids=["empty", "text", "pdf", "png", "jpeg"],
)
def test_a_file_that_is_no_picture_is_unreadable(
    content: bytes, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    assert run(["--key", key, str(file)], NOW) == NOT_GOOD
    told = report(capsys)
    assert told["verdict"] == "unreadable"
    assert told["reasons"][0]["reason"] == "unreadable-picture"


def test_every_reason_has_its_text() -> None:
    assert set(TEXTS) == set(Reason)


def test_a_recipient_needs_no_server_and_no_window() -> None:
    script = "import sys, certserver.verify.cli; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "grpc", "PySide6", "reportlab", "google", "alembic", "starlette"} & set(loaded)
