"""koufu-verify: files in, JSON and an exit code out; it needs nothing of the server's."""

import base64
import json
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from certserver.cli.verify import GOOD, NOT_GOOD, TEXTS, WRONG_CALL, run
from certserver.signing.municipal import CentreKey
from certserver.signing.signers import SoftSigner
from certserver.verify.judge import Reason
from koufu.evidence.directory import Directory
from koufu.evidence.trustlist import MAX_TRUST_LIST, TrustList
from tests.support import sheets
from tests.support.specimens import ISSUED_AT, KEY, PROFILE
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list

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


def lying(folder: Path, trust_list: TrustList, centre: CentreKey = CENTRE) -> list[str]:
    """The arguments for a list that lies in a folder; the recipient knows the centre of tests."""
    evidence, signature = centre.sign_trust_list(trust_list)
    return as_lying(folder, evidence, signature)


def as_lying(folder: Path, evidence: bytes, signature: bytes) -> list[str]:
    (folder / "trust-list.bin").write_bytes(evidence)
    (folder / "trust-list.sig").write_bytes(signature)
    (folder / "centre.pub").write_text(CENTRE.public_key.public_bytes_raw().hex())
    return ["--trust-list", str(folder / "trust-list.bin"), "--trust-key", str(folder / "centre.pub")]


def listed(number: int = 7, issued_at: int = ISSUED_AT - 10, expires_at: int = ISSUED_AT + 10) -> TrustList:
    signatory = a_signatory(PROFILE.code, KEY.raw_public_key)
    return a_trust_list(signatory, number=number, issued_at=issued_at, expires_at=expires_at)


def test_keys_come_from_the_signed_trust_list(pdf: str, tmp_path: Path) -> None:
    assert run([*lying(tmp_path, listed()), pdf], NOW) == GOOD


def test_a_municipality_that_the_list_does_not_name_is_unknown(
    pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = a_trust_list(a_signatory(PROFILE.code))
    assert run([*lying(tmp_path, other), pdf], NOW) == NOT_GOOD
    told = report(capsys)
    assert told["verdict"] == "bad"
    assert [reason["reason"] for reason in told["reasons"]] == ["unknown-key"]


@pytest.mark.parametrize(
    ("trust_list", "reason"),
    [
        (listed(expires_at=ISSUED_AT), "trust-list-expired"),
        (listed(issued_at=ISSUED_AT + 301, expires_at=ISSUED_AT + 900), "trust-list-not-yet-valid"),
        (listed(issued_at=ISSUED_AT + 300, expires_at=ISSUED_AT + 900), None),
    ],
)
def test_a_list_counts_only_in_its_time(
    trust_list: TrustList, reason: str | None, pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*lying(tmp_path, trust_list), pdf], NOW) == (GOOD if reason is None else NOT_GOOD)
    told = report(capsys)
    assert [each["reason"] for each in told["reasons"]] == ([] if reason is None else [reason])
    assert told["verdict"] == ("good" if reason is None else "unreadable")


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]


def test_a_forged_or_damaged_list_says_nothing_of_the_document(
    pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence, signature = CENTRE.sign_trust_list(listed())
    other = CentreKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(32))))
    directory_signature = CENTRE.sign_directory(Directory((), ISSUED_AT, ISSUED_AT + 10))[1]
    forged = [
        other.sign_trust_list(listed()),
        (_flipped(evidence, len(evidence) // 2), signature),
        (evidence, _flipped(signature, 0)),
        (evidence, b""),
        (evidence, signature + b"\0"),
        (evidence, bytes(100_000)),
        (evidence[:-1], signature),
        (b"", signature),
        (evidence, directory_signature),
    ]
    for content, signed in forged:
        assert run([*as_lying(tmp_path, content, signed), pdf], NOW) == NOT_GOOD
        told = report(capsys)
        assert (told["verdict"], told["document_no"]) == ("unreadable", None)
        assert [each["reason"] for each in told["reasons"]] == ["trust-list-forged"]


def test_a_list_of_hostile_size_is_not_read_whole(pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = as_lying(tmp_path, b"", bytes(64))
    with (tmp_path / "trust-list.bin").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of holes
    tracemalloc.start()
    assert run([*arguments, pdf], NOW) == NOT_GOOD
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * MAX_TRUST_LIST
    assert report(capsys)["reasons"][0]["reason"] == "trust-list-malformed"


def test_a_list_older_than_one_that_was_seen_is_told(
    pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ["--state", str(tmp_path / "seen.json")]
    for number, reason in ((7, None), (7, None), (6, "trust-list-older"), (8, None), (7, "trust-list-older")):
        code = run([*lying(tmp_path, listed(number)), *state, pdf], NOW)
        assert [each["reason"] for each in report(capsys)["reasons"]] == ([] if reason is None else [reason])
        assert code == (GOOD if reason is None else NOT_GOOD)
    # Without the file nobody remembers, and a list that does not hold is not remembered.
    assert run([*lying(tmp_path, listed(7)), pdf], NOW) == GOOD
    assert run([*lying(tmp_path, listed(9, expires_at=ISSUED_AT)), *state, pdf], NOW) == NOT_GOOD
    assert run([*lying(tmp_path, listed(8)), *state, pdf], NOW) == GOOD


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": "b"}', b"[" * 70_000, b"[" * 60_000, b'{"a": true}'])
def test_a_damaged_file_of_numbers_is_told(
    content: bytes, pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "seen.json"
    state.write_bytes(content)
    assert run([*lying(tmp_path, listed()), "--state", str(state), pdf], NOW) == WRONG_CALL
    assert "take it away" in capsys.readouterr().err
    assert state.read_bytes() == content


def test_a_trust_list_needs_its_key_and_signature(pdf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = lying(tmp_path, listed())
    assert run([*arguments[:2], pdf], NOW) == WRONG_CALL
    assert "--trust-key" in capsys.readouterr().err
    (tmp_path / "trust-list.sig").unlink()
    assert run([*arguments, pdf], NOW) == WRONG_CALL


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
    script = "import sys, certserver.cli.verify; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "grpc", "PySide6", "reportlab", "google", "alembic", "starlette"} & set(loaded)
