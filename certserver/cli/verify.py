"""koufu-verify: says whether a printed document is true, from a scan or photographs of all its faces and backs. Prints
JSON and exits with 0 only for a good one. It needs the issuance centre's trust list and public key, and no network."""

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
from certserver.verify.trust import DamagedSeen, SeenNumbers, judged_trust_list
from koufu.evidence.sealcode import SIGNATURE_BYTES
from koufu.evidence.trustlist import KEY_BYTES, MAX_TRUST_LIST

GOOD, NOT_GOOD, WRONG_CALL = 0, 1, 2
MAX_KEY_FILE = 4096
"""Bytes of a file with a public key that are looked at."""

TEXTS = {
    Reason.NO_CODE: "no code of a sheet was found: scan both sides at 300 dpi or more",
    Reason.NO_FACE: "the code at the foot of the face was not read",
    Reason.NO_SEAL_CODE: "the codes on the back were not found",
    Reason.BROKEN_SEAL_CODE: "too few of the codes on the back were read",
    Reason.PAGE_MISSING: "this page of the document is missing",
    Reason.UNKNOWN_KEY: "no known municipality signed this page",
    Reason.KEY_OF_ANOTHER: "the key belongs to another municipality",
    Reason.KEY_NOT_YET_VALID: "the key was not in force yet when this page says it was issued",
    Reason.KEY_EXPIRED: "the key had ended when this page says it was issued",
    Reason.KEY_REVOKED: "the key was revoked: ask the municipality that the page names",
    Reason.TRUST_LIST_FORGED: "the issuance centre did not sign this trust list: nothing was checked with it",
    Reason.TRUST_LIST_MALFORMED: "the trust list is damaged: fetch it anew",
    Reason.TRUST_LIST_NOT_YET_VALID: "the trust list is not in force yet: is this machine's clock right?",
    Reason.TRUST_LIST_EXPIRED: "the trust list ran out: fetch a new one",
    Reason.TRUST_LIST_OLDER: "a newer trust list was seen here before: fetch the newest",
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
    """The command line names a key or trust list that can't be used."""


def main() -> int:
    """The command."""
    return run(sys.argv[1:], SystemClock().now())


def run(arguments: Sequence[str], now: datetime) -> int:
    """The command with these arguments at this instant; the exit code."""
    parsed = _parser().parse_args(arguments)
    try:
        keys = _keys(parsed, now)
        if isinstance(keys, Reason):
            return _tell(_nothing_said(keys.value, TEXTS[keys]))
        content = [path.read_bytes() for path in parsed.pictures]
    except (WrongCall, DamagedSeen, OSError) as error:
        print(f"koufu-verify: {error}", file=sys.stderr)
        return WRONG_CALL
    try:
        findings = read_sheet(_pictures(content), keys)
    except UnreadablePicture as error:
        return _tell(_nothing_said("unreadable-picture", str(error)))
    return _tell(_report(findings, with_fields=parsed.fields))


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
        "--trust-list", type=Path, metavar="FILE", help="the signed trust list; its signature lies beside it as .sig"
    )
    parser.add_argument(
        "--trust-key", type=Path, metavar="FILE", help="public key of the issuance centre, in hex or base64"
    )
    parser.add_argument(
        "--state", type=Path, metavar="FILE", help="remember the newest trust list here, and refuse an older one"
    )
    parser.add_argument("--fields", action="store_true", help="also print what the municipality signed, page by page")
    return parser


def _pictures(contents: Sequence[bytes]) -> list[Raster]:
    return [raster for content in contents for raster in rasters(content)]


def _keys(parsed: argparse.Namespace, now: datetime) -> Keys | Reason:
    """Whom to believe, or why the trust list says nothing."""
    given = [_raw_key(path) for path in parsed.key]
    if parsed.trust_list is None:
        if not given:
            raise WrongCall("name the trust list with --trust-list and --trust-key, or a key with --key")
        return trusted(given)
    if parsed.trust_key is None:
        raise WrongCall("a trust list needs --trust-key")
    centre = Ed25519PublicKey.from_public_bytes(_raw_key(parsed.trust_key))
    trust_list = judged_trust_list(
        _read(parsed.trust_list, MAX_TRUST_LIST),
        _read(parsed.trust_list.with_suffix(".sig"), SIGNATURE_BYTES),
        centre,
        unix(now),
        SeenNumbers(parsed.state) if parsed.state is not None else None,
    )
    return trust_list if isinstance(trust_list, Reason) else trusted(given, trust_list)


def _read(file: Path, limit: int) -> bytes:
    """The file's content, or one byte more than `limit`: enough to see that it is too long."""
    with file.open("rb") as opened:
        return opened.read(limit + 1)


def _raw_key(file: Path) -> bytes:
    text = _read(file, MAX_KEY_FILE).strip()
    for decode in (bytes.fromhex, binascii.a2b_base64):
        try:
            raw = decode(text.decode("ascii"))
        except (ValueError, UnicodeDecodeError):
            continue
        if len(raw) == KEY_BYTES:
            return raw
    raise WrongCall(f"{file} holds no Ed25519 public key of {KEY_BYTES} bytes in hex or base64")


def _tell(report: dict[str, object]) -> int:
    """Prints a report; the exit code that goes with it."""
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return GOOD if report["verdict"] == Verdict.GOOD.value else NOT_GOOD


def _nothing_said(reason: str, text: str) -> dict[str, object]:
    """The report when nothing of the document could be read."""
    report = _report(Findings(Verdict.UNREADABLE, None, 0, (), ()), with_fields=False)
    return {**report, "reasons": [{"reason": reason, "page": None, "text": text}]}


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
