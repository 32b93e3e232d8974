"""koufu-verify: says whether a printed document is true, from a scan or photographs of all its faces and backs. Prints
JSON and exits with 0 only for a good one. It needs the municipality's public key and no network."""

import argparse
import binascii
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.composition.clock import SystemClock
from certserver.ports import unix
from certserver.verify.judge import Doubt, Findings, Keys, Reason, Verdict, read_sheet, trusted
from certserver.verify.pictures import Raster, UnreadablePicture, rasters
from koufu.evidence.directory import KEY_BYTES, Directory, open_directory
from koufu.evidence.errors import EvidenceError

GOOD, NOT_GOOD, WRONG_CALL = 0, 1, 2

TEXTS = {
    Reason.NO_CODE: "no code of a sheet was found: scan both sides at 300 dpi or more",
    Reason.NO_FACE: "the code at the foot of the face was not read",
    Reason.NO_SEAL_CODE: "the codes on the back were not found",
    Reason.BROKEN_SEAL_CODE: "too few of the codes on the back were read",
    Reason.PAGE_MISSING: "this page of the document is missing",
    Reason.UNKNOWN_KEY: "no known municipality signed this page",
    Reason.KEY_OF_ANOTHER: "the key belongs to another municipality",
    Reason.WRONG_SIGNATURE: "the municipality did not sign this content",
    Reason.WRONG_CONTENT: "what was signed is not this page",
    Reason.SEVERAL_DOCUMENTS: "the backs are of different documents",
    Reason.PAGES_DIFFER: "this page does not belong to the first",
    Reason.FACE_OF_ANOTHER: "this face does not belong to the back",
    Reason.TWO_FACES: "there are two different faces of this page",
    Reason.TWO_BACKS: "there are two different backs of this page",
}
"""One for each reason."""


class WrongCall(Exception):
    """The command line names a key or directory that can't be used."""


def main() -> int:
    """The command."""
    return run(sys.argv[1:], SystemClock().now())


def run(arguments: Sequence[str], now: datetime) -> int:
    """The command with these arguments at this instant; the exit code."""
    parsed = _parser().parse_args(arguments)
    try:
        keys = _keys(parsed, now)
        content = [path.read_bytes() for path in parsed.pictures]
    except (WrongCall, OSError) as error:
        print(f"koufu-verify: {error}", file=sys.stderr)
        return WRONG_CALL
    try:
        findings = read_sheet(_pictures(content), keys)
    except UnreadablePicture as error:
        report: dict[str, object] = {
            **_report(Findings(Verdict.UNREADABLE, None, 0, (), ()), with_fields=False),
            "reasons": [{"reason": "unreadable-picture", "page": None, "text": str(error)}],
        }
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return NOT_GOOD
    print(json.dumps(_report(findings, with_fields=parsed.fields), ensure_ascii=False, indent=2))
    return GOOD if findings.verdict is Verdict.GOOD else NOT_GOOD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="koufu-verify", description=__doc__)
    parser.add_argument(
        "pictures", nargs="+", type=Path, help="a PDF, or pictures of every face and back, in any order"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="raw Ed25519 public key of a municipality, in hex or base64; may be given several times",
    )
    parser.add_argument(
        "--directory", type=Path, metavar="FILE", help="the signed directory; its signature lies beside it as .sig"
    )
    parser.add_argument(
        "--directory-key", type=Path, metavar="FILE", help="public key of the issuance centre, in hex or base64"
    )
    parser.add_argument("--fields", action="store_true", help="also print what the municipality signed, page by page")
    return parser


def _pictures(contents: Sequence[bytes]) -> list[Raster]:
    return [raster for content in contents for raster in rasters(content)]


def _keys(parsed: argparse.Namespace, now: datetime) -> Keys:
    if not parsed.key and parsed.directory is None:
        raise WrongCall("name a key with --key, or the directory with --directory and --directory-key")
    directory = _directory(parsed.directory, parsed.directory_key, now) if parsed.directory is not None else None
    return trusted([_raw_key(path) for path in parsed.key], directory)


def _directory(file: Path, key: Path | None, now: datetime) -> Directory:
    if key is None:
        raise WrongCall("a directory needs --directory-key")
    public = Ed25519PublicKey.from_public_bytes(_raw_key(key))
    try:
        directory = open_directory(file.read_bytes(), file.with_suffix(".sig").read_bytes(), public)
    except EvidenceError as error:
        raise WrongCall(f"{file}: {error}") from error
    if not directory.issued_at <= unix(now) < directory.expires_at:
        raise WrongCall(f"{file} is not valid today: fetch a new one")
    return directory


def _raw_key(file: Path) -> bytes:
    text = file.read_bytes().strip()
    for decode in (bytes.fromhex, binascii.a2b_base64):
        try:
            raw = decode(text.decode("ascii"))
        except (ValueError, UnicodeDecodeError):
            continue
        if len(raw) == KEY_BYTES:
            return raw
    raise WrongCall(f"{file} holds no Ed25519 public key of {KEY_BYTES} bytes in hex or base64")


def _report(findings: Findings, *, with_fields: bool) -> dict[str, object]:
    report: dict[str, object] = {
        "verdict": findings.verdict.value,
        "document_no": findings.document_no,
        "pages": findings.pages,
        "reasons": [_told(doubt) for doubt in findings.doubts],
    }
    if with_fields:
        report["fields"] = [
            {
                "page": content.page,
                "kind": content.kind.value,
                "form": content.form,
                "municipality": content.municipality,
                "issued_at": content.issued_at,
                "entries": [[entry.name, entry.label, entry.text] for entry in content.entries],
            }
            for content in findings.contents
        ]
    return report


def _told(doubt: Doubt) -> dict[str, object]:
    return {"reason": doubt.reason.value, "page": doubt.page, "text": TEXTS[doubt.reason]}
