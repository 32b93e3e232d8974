"""koufu-verify: files in, three answers and an exit code out, for people and for programs."""

import base64
import json
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.cli.verify import WRONG_CALL, run
from certserver.signing.municipal import CentreKey
from certserver.signing.signers import SoftSigner
from certserver.verify.answers import Outcome
from koufu.evidence.content import hash_of
from koufu.evidence.directory import Directory
from koufu.evidence.trustlist import MAX_TRUST_LIST, TrustList
from tests.support import sheets
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_faces import face
from tests.support.paper_home import Recipient, recipient, written
from tests.support.paper_model import Capture, Grey, take
from tests.support.specimens import ISSUED_AT, KEY, PROFILE
from tests.support.status_server import answering
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list

pytestmark = pytest.mark.xdist_group("sheets")

NOW = datetime.fromtimestamp(ISSUED_AT + 3 * 86_400, UTC)
AS_ISSUED, NOT_AS_ISSUED, INCOMPLETE = (
    outcome.value for outcome in (Outcome.AS_ISSUED, Outcome.NOT_AS_ISSUED, Outcome.INCOMPLETE)
)


@pytest.fixture
def home(tmp_path: Path) -> Recipient:
    folder = tmp_path / "home"
    folder.mkdir()
    return recipient(folder)


@pytest.fixture
def back(tmp_path: Path) -> str:
    """A scan of a back alone: quickly checked."""
    return str(written(sheets.sides(sheets.residence().file)[1], tmp_path / "back.png"))


@cache
def photo() -> Grey:
    return take(face("residence").printed, Capture.PHOTO, 5).raster


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return dict(json.loads(capsys.readouterr().out))


def reasons(told: dict[str, Any]) -> list[str]:
    return [each["reason"] for each in told["content"]["reasons"]]


def test_both_sides_of_a_sheet_exit_with_zero(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    front = written(photo(), tmp_path / "face.jpg")
    assert run([*home.arguments, "--json", str(front), back], NOW) == AS_ISSUED
    told = report(capsys)
    assert told["content"] == {
        "answer": "as-issued",
        "grade": "good",
        "text": "発行されたとおりです。おもて面とうら面をすべて照合し、ちがいはありませんでした。",
        "reasons": [],
        "differences": [],
        "not_covered": [],
    }
    assert (told["sheet"]["answer"], told["status"]["answer"]) == ("looks-original", "not-asked")
    assert (told["outcome"], told["pages"], told["kind"]) == ("as-issued", 1, "residence")
    assert (told["municipality"], told["name"], told["issued_at"]) == (PROFILE.code, "見本市", ISSUED_AT)
    assert told["document_no"] == sheets.residence().document_no


def test_an_altered_digit_is_told_by_its_label_and_framed_in_a_picture(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = forge(face("residence"), Forgery.SEAL, np.random.default_rng(3))
    assert forged is not None
    front = written(take(forged.printed, Capture.SCAN_300, 5).raster, tmp_path / "face.png")
    pictures = tmp_path / "pictures"
    assert run([*home.arguments, "--picture", str(pictures), str(front), back], NOW) == NOT_AS_ISSUED
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("内容  おもて面に、発行されたときとちがうところがあります。")
    assert lines[1].startswith("  1. 1ページ 公印  左から1")
    closeup = cv2.imread(str(pictures / "page-1-place-1.png"), cv2.IMREAD_GRAYSCALE)
    assert closeup is not None
    paper, signed = closeup[: closeup.shape[0] // 2 - 3], closeup[closeup.shape[0] // 2 + 3 :]
    assert paper.shape == signed.shape
    assert 0.02 < np.mean(cv2.absdiff(paper, signed) > 128) < 0.3
    framed = cv2.imread(str(pictures / "page-1.png"))
    assert framed is not None
    assert framed.shape == (1754, 1240, 3)
    red = (framed[:, :, 2] > 180) & (framed[:, :, 0] < 60)
    assert red[1420:1600, 940:1120].any()
    assert not red[:1300].any()


def test_words_follow_the_environment(
    home: Recipient, back: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, beginning in (
        ("C.UTF-8", "内容  うら面の署名は有効です。"),
        ("en_GB.UTF-8", "Content  The back is signed"),
    ):
        monkeypatch.setenv("LC_ALL", language)
        assert run([*home.arguments, back], NOW) == INCOMPLETE
        told = capsys.readouterr().out
        assert told.startswith(beginning)
        # Whoever has only the back compares by eye: the content is told.
        assert "氏名  辻\U000e0102　健吾" in told


def test_fields_are_told_on_request_and_a_face_alone_says_nothing(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*home.arguments, "--json", "--fields", back], NOW)
    (page,) = report(capsys)["fields"]
    assert ["1.name", "氏名", "辻\U000e0102　健吾"] in page["entries"]
    front = written(sheets.sides(sheets.residence().file)[0], tmp_path / "face.png")
    assert run([*home.arguments, "--json", str(front)], NOW) == INCOMPLETE
    assert report(capsys)["content"]["answer"] == "face-only"


@pytest.mark.parametrize("language", ["ja_JP.UTF-8", "en_GB.UTF-8"])
def test_a_document_is_spoken_in_japanese_after_the_three_answers(
    language: str, home: Recipient, back: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert run([*home.arguments, "--speak", back], NOW) == INCOMPLETE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("内容、うら面の署名は有効です。")
    assert lines[1].startswith("用紙、複写かどうか")
    assert lines[2:5] == ["状態、市区町村には問い合わせていません。", "住民票の写し。", "発行者、見本市。"]
    assert "氏名、辻 健吾。" in lines


def test_a_voided_document_is_not_read_out(home: Recipient, back: str, capsys: pytest.CaptureFixture[str]) -> None:
    with answering({"status": "voided", "at": ISSUED_AT}) as ledger:
        assert run([*home.arguments, "--status", ledger.url, "--speak", back], NOW) == INCOMPLETE
    told = capsys.readouterr().out
    assert "状態、取り消された番号です。" in told
    assert "健吾" not in told


def test_what_does_not_hold_is_not_spoken(home: Recipient, back: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = home.lists(a_trust_list(a_signatory(PROFILE.code)))
    assert run([*arguments, "--speak", back], NOW) == NOT_AS_ISSUED
    assert "健吾" not in capsys.readouterr().out


def test_a_municipality_that_the_list_does_not_name_is_unknown(
    home: Recipient, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = home.lists(a_trust_list(a_signatory(PROFILE.code)))
    assert run([*arguments, "--json", back], NOW) == NOT_AS_ISSUED
    told = report(capsys)
    assert (told["content"]["answer"], reasons(told)) == ("unknown-signer", ["unknown-key"])


def test_a_face_is_not_compared_without_its_form_bundle(
    home: Recipient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(sheets.residence().file)
    (bundle,) = (home.folder / "bundles").iterdir()
    for content in (bundle.read_bytes()[:-1] + b"?", None):
        if content is None:
            bundle.unlink()
        else:
            bundle.write_bytes(content)
        assert run([*home.arguments, "--json", str(scan)], NOW) == INCOMPLETE
        told = report(capsys)
        assert (told["content"]["answer"], reasons(told)) == ("back-valid", ["bundle-missing"])


def test_a_key_may_be_given_by_hand_in_hex_or_base64(
    back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (KEY.raw_public_key.hex().encode() + b"\n", base64.b64encode(KEY.raw_public_key)):
        (tmp_path / "key").write_bytes(content)
        assert run(["--key", str(tmp_path / "key"), "--json", back], NOW) == INCOMPLETE
        assert report(capsys)["content"]["answer"] == "back-valid"


# The trust list.


def listed(number: int = 7, issued_at: int = ISSUED_AT - 10, expires_at: int = 2**40) -> TrustList:
    signatory = a_signatory(PROFILE.code, KEY.raw_public_key)
    return a_trust_list(signatory, number=number, issued_at=issued_at, expires_at=expires_at)


LISTED_NOW = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("trust_list", "reason"),
    [
        (listed(expires_at=LISTED_NOW), "trust-list-expired"),
        (listed(issued_at=LISTED_NOW + 301), "trust-list-not-yet-valid"),
        (listed(issued_at=LISTED_NOW + 300), None),
    ],
)
def test_a_list_counts_only_in_its_time(
    trust_list: TrustList, reason: str | None, home: Recipient, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*home.lists(trust_list), "--json", back], NOW) == INCOMPLETE
    told = report(capsys)
    assert reasons(told) == (["no-face"] if reason is None else [reason])
    assert told["content"]["answer"] == ("back-valid" if reason is None else "unreadable")


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]


def test_a_forged_or_damaged_list_says_nothing_of_the_document(
    home: Recipient, back: str, capsys: pytest.CaptureFixture[str]
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
        assert run([*home.lists_bytes(content, signed), "--json", back], NOW) == INCOMPLETE
        told = report(capsys)
        assert (told["content"]["answer"], told["document_no"]) == ("unreadable", None)
        assert reasons(told) == ["trust-list-forged"]


def test_a_list_of_hostile_size_is_not_read_whole(
    home: Recipient, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = home.lists_bytes(b"", bytes(64))
    with (home.folder / "trust-list.bin").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of holes
    tracemalloc.start()
    assert run([*arguments, "--json", back], NOW) == INCOMPLETE
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * MAX_TRUST_LIST
    assert reasons(report(capsys)) == ["trust-list-malformed"]


def test_a_list_older_than_one_that_was_seen_is_told(
    home: Recipient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ["--state", str(tmp_path / "seen.json"), "--json"]
    nothing = tmp_path / "nothing.png"
    nothing.write_bytes(b"")
    for number, reason in ((7, None), (7, None), (6, "trust-list-older"), (8, None), (7, "trust-list-older")):
        assert run([*home.lists(listed(number)), *state, str(nothing)], NOW) == INCOMPLETE
        assert reasons(report(capsys)) == [reason or "unreadable-picture"]
    # Without the file nobody remembers, and a list that does not hold is not remembered.
    for trust_list, remembered, reason in (
        (listed(7), ["--json"], None),
        (listed(9, expires_at=LISTED_NOW), state, "trust-list-expired"),
        (listed(8), state, None),
    ):
        run([*home.lists(trust_list), *remembered, str(nothing)], NOW)
        assert reasons(report(capsys)) == [reason or "unreadable-picture"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": "b"}', b"[" * 70_000, b"[" * 60_000, b'{"a": true}'])
def test_a_damaged_file_of_numbers_is_told(
    content: bytes, home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "seen.json"
    state.write_bytes(content)
    assert run([*home.lists(listed()), "--state", str(state), back], NOW) == WRONG_CALL
    assert "take it away" in capsys.readouterr().err
    assert state.read_bytes() == content


def test_a_trust_list_needs_its_key_and_signature(
    home: Recipient, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*home.arguments[:2], back], NOW) == WRONG_CALL
    assert "--trust-key" in capsys.readouterr().err
    (home.folder / "trust-list.sig").unlink()
    assert run([*home.arguments, back], NOW) == WRONG_CALL


def test_a_wrong_call_is_told(home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = tmp_path / "short.key"
    short.write_text("00ff")
    for arguments in (
        [back],
        ["--key", str(short), back],
        [*home.arguments, str(tmp_path / "none.pdf")],
        [*home.arguments],
        [*home.arguments, "--batch", str(tmp_path), back],
        [*home.arguments, "--status", "http://elsewhere.example/status", back],
        [*home.arguments, "--evidence", str(tmp_path / "record"), back],
        ["--check-evidence", str(tmp_path / "record")],
    ):
        assert run(arguments, NOW) == WRONG_CALL, arguments
        assert capsys.readouterr().err.startswith("koufu-verify: ")


# The ledger.


@pytest.mark.parametrize(
    ("answer", "told_as", "outcome"),
    [
        ({"status": "issued", "at": ISSUED_AT}, "3日前に発行されました。", Outcome.INCOMPLETE),
        ({"status": "voided", "at": ISSUED_AT}, "取り消された番号です。", Outcome.INCOMPLETE),
        ({"status": "recalled", "at": ISSUED_AT}, "市区町村が回収しています。", Outcome.INCOMPLETE),
    ],
)
def test_the_ledger_is_asked_by_number_and_hash_alone(
    answer: dict[str, Any],
    told_as: str,
    outcome: Outcome,
    home: Recipient,
    back: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with answering(answer) as ledger:
        assert run([*home.arguments, "--status", ledger.url, back], NOW) == outcome.value
    (asked,) = ledger.asked
    (content,) = sheets.residence().contents
    assert asked == {"document_no": content.document_no, "content_hash": hash_of(content.to_bytes()).hex()}
    assert f"状態  {told_as}" in capsys.readouterr().out


# Many documents, and records.


def test_a_batch_is_a_line_each_and_nothing_stops_it(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "inbox"
    for name in ("1-folder", "2-empty"):
        (inbox / name).mkdir(parents=True)
    (inbox / "1-folder" / "back.png").write_bytes(Path(back).read_bytes())
    (inbox / "3-garbage.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (inbox / "4-gone.pdf").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inbox / "4-pipe.png")
    (inbox / "5-back.png").write_bytes(Path(back).read_bytes())
    (inbox / ".hidden").write_bytes(b"")
    records = tmp_path / "records"
    key = tmp_path / "verifier.pem"
    key.write_bytes(_pem())
    evidence = ["--evidence", str(records), "--evidence-key", str(key)]
    assert run([*home.arguments, "--batch", str(inbox), *evidence], NOW) == INCOMPLETE
    *lines, counted = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(line["document"], line["content"]["answer"], reasons(line)) for line in lines] == [
        ("1-folder", "back-valid", ["no-face"]),
        ("2-empty", "unreadable", ["no-code"]),
        ("3-garbage.png", "unreadable", ["unreadable-picture"]),
        ("4-gone.pdf", "unreadable", ["unreadable-picture"]),
        ("4-pipe.png", "unreadable", ["unreadable-picture"]),
        ("5-back.png", "back-valid", ["no-face"]),
    ]
    assert counted["documents"] == counted["incomplete"] == 6
    assert {file.name for file in records.glob("*.check")} == {
        *("1-folder.check", "2-empty.check", "3-garbage.png.check", "5-back.png.check")
    }
    assert run([*home.arguments, "--batch", str(tmp_path / "none")], NOW) == WRONG_CALL


def test_a_full_disk_is_no_unreadable_picture(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox, records, key = (tmp_path / name for name in ("inbox", "records", "verifier.pem"))
    for folder in (inbox, records):
        folder.mkdir()
    (inbox / "1.png").write_bytes(Path(back).read_bytes())
    (inbox / "2.png").write_bytes(Path(back).read_bytes())
    (records / "1.png.check").symlink_to("/dev/full")
    key.write_bytes(_pem())
    evidence = ["--evidence", str(records), "--evidence-key", str(key)]
    assert run([*home.arguments, "--batch", str(inbox), *evidence], NOW) == WRONG_CALL
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"koufu-verify: {records}/1.png.check can't be written: No space left on device\n"
    # Nor is it one where the pictures can't be written.
    pdf = tmp_path / "scan.pdf"
    pdf.write_bytes(sheets.residence().file)
    assert run([*home.arguments, "--picture", str(key), str(pdf)], NOW) == WRONG_CALL
    assert "page-1.png can't be written" in capsys.readouterr().err


VERIFIER = Ed25519PrivateKey.from_private_bytes(bytes(range(7, 39)))


def _pem() -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return VERIFIER.private_bytes(encoding, form, serialization.NoEncryption())


def test_a_record_proves_that_a_check_was_made_and_holds_no_content(
    home: Recipient, back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public, record = (tmp_path / name for name in ("verifier.pem", "verifier.pub", "record"))
    private.write_bytes(_pem())
    public.write_text(VERIFIER.public_key().public_bytes_raw().hex())
    run([*home.arguments, "--evidence", str(record), "--evidence-key", str(private), back], NOW)
    assert "健吾".encode() not in record.read_bytes()
    capsys.readouterr()
    opening = ["--check-evidence", str(record), "--evidence-key", str(public)]
    assert run(opening, NOW) == AS_ISSUED
    told = capsys.readouterr().out
    (content,) = sheets.residence().contents
    for part in (
        content.document_no,
        hash_of(content.to_bytes()).hex(),
        "back-valid",
        "not-asked",
        "2026-10-04 10:23:45",
    ):
        assert part in told
    changed = record.read_bytes().replace(b"back-valid", b"as-issuedx")
    for evidence in (changed, b"", bytes(100_000)):
        record.write_bytes(evidence)
        assert run(opening, NOW) == WRONG_CALL


def test_a_recipient_needs_no_server_and_no_window() -> None:
    script = "import sys, certserver.cli.verify; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "grpc", "PySide6", "google", "alembic", "starlette"} & set(loaded)
