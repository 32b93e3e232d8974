"""koufu-verify: is what stands on this paper what the municipality issued? From a scan or photographs of its faces and
backs, with the issuance centre's trust list and no network."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from certserver.cli.verify_keys import WrongCall, believed, opened_record, verifier_key
from certserver.cli.verifying import NotWritten, Telling, Verifier
from certserver.composition.clock import SystemClock, elapsed
from certserver.ports import in_japan, unix
from certserver.verify.answers import Outcome
from certserver.verify.record import CheckRecord
from certserver.verify.status_http import HttpStatusSource, UnusableAddress
from certserver.verify.trust import DamagedSeen
from certserver.verify.words import CONTENT, SHEET, STATUS, Tongue
from koufu.release import BUILD

WRONG_CALL = 2

_EPILOG = """\
three answers, none of which stands for another:
  content  as issued / back valid, face not compared / face only / altered: where /
           contradicted / unknown signer / unreadable: why
  sheet    looks original / looks like a copy / can't tell, from the printed ground;
           a sign, never a proof
  status   what the municipality's ledger says, if --status asks it

exit codes:
  0  content as issued with every face compared; status, if asked, issued; no copy
  1  altered, contradicted, or of an unknown signer
  2  wrong call: an option, key, list or file can't be used
  3  unreadable or incomplete: a side or page is missing, a file is no picture,
     the ledger did not answer
  4  content as issued, but the sheet looks like a copy
  5  content as issued, but the ledger has it spoiled, voided, or not at all
With --batch the worst of all documents: 1, then 5, 4, 3, 0.

examples:
  koufu-verify --trust-list trust-list.bin --trust-key centre.pub SCAN.pdf
  koufu-verify … --json face.jpg back.jpg
  koufu-verify … --speak SCAN.pdf | spd-say --language ja --pipe-mode
  koufu-verify … --batch INBOX > answers.jsonl
"""


def main() -> int:
    """The command."""
    return run(sys.argv[1:], SystemClock().now(), elapsed)


def run(arguments: Sequence[str], now: datetime, since: Callable[[], float] = elapsed) -> int:
    """The command with these arguments at this instant; the exit code. `since`: seconds since some fixed moment."""
    parser = _parser()
    parsed = parser.parse_args(arguments)
    tongue = _tongue(os.environ)
    try:
        if parsed.check_evidence is not None:
            return _check_evidence(parsed, tongue)
        if bool(parsed.files) == (parsed.batch is not None):
            raise WrongCall("name the files of one document, or a folder with --batch")
        verifier = Verifier(
            believed(parsed, unix(now)),
            HttpStatusSource(parsed.status, since) if parsed.status is not None else None,
            verifier_key(parsed) if parsed.evidence is not None else None,
            Telling(tongue, json=parsed.json, fields=parsed.fields, speak=parsed.speak),
            unix(now),
            since,
        )
        if parsed.batch is not None:
            return verifier.batch(parsed.batch, parsed.picture, parsed.evidence)
        return verifier.one(parsed.files, parsed.picture, parsed.evidence).value
    except BrokenPipeError:
        # Whoever reads has enough; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG_CALL
    except (WrongCall, NotWritten, DamagedSeen, UnusableAddress, OSError) as error:
        print(f"koufu-verify: {error}", file=sys.stderr)
        return WRONG_CALL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="koufu-verify",
        description=__doc__,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"koufu {BUILD}")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="one document: a PDF, PNG, JPEG or TIFF of faces and backs"
    )
    whom = parser.add_argument_group("whom to believe")
    whom.add_argument("--trust-list", type=Path, metavar="FILE", help="the signed list; its signature beside it, .sig")
    whom.add_argument("--trust-key", type=Path, metavar="FILE", help="public key of the issuance centre, hex or base64")
    whom.add_argument("--state", type=Path, metavar="FILE", help="remember the newest list here; refuse an older one")
    whom.add_argument(
        "--key", action="append", default=[], type=Path, metavar="FILE", help="public key of a municipality, by hand"
    )
    whom.add_argument("--bundles", type=Path, metavar="DIR", help="form bundles (default: bundles beside the list)")
    whom.add_argument(
        "--font", action="append", default=[], type=Path, metavar="FILE", help="a font besides Debian's, for values"
    )
    whom.add_argument("--status", metavar="URL", help="ask this ledger what became of the number (https)")
    told = parser.add_argument_group("what is told")
    told.add_argument("--json", action="store_true", help="for programs, instead of words")
    told.add_argument("--fields", action="store_true", help="also what the municipality signed, page by page")
    told.add_argument("--speak", action="store_true", help="the answers and the content as a Japanese text to be heard")
    told.add_argument("--picture", type=Path, metavar="DIR", help="write each face straightened, differences framed")
    many = parser.add_argument_group("many documents, and records")
    many.add_argument(
        "--batch", type=Path, metavar="DIR", help="each file and each folder in it is a document: a line of JSON each"
    )
    many.add_argument(
        "--evidence",
        type=Path,
        metavar="FILE",
        help="write a signed record without content; with --batch a folder",
    )
    many.add_argument("--evidence-key", type=Path, metavar="FILE", help="private Ed25519 key (PEM) that signs records")
    many.add_argument(
        "--check-evidence", type=Path, metavar="FILE", help="check a record, with --evidence-key (public)"
    )
    return parser


def _tongue(environment: "os._Environ[str]") -> Tongue:
    """Japanese, unless the environment asks for English."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    asked = next((name for name in names if name), "")
    return Tongue.ENGLISH if asked.startswith("en") else Tongue.JAPANESE


def _check_evidence(parsed: argparse.Namespace, tongue: Tongue) -> int:
    record = opened_record(parsed)
    for line in _record_lines(record, tongue):
        print(line)
    return Outcome.AS_ISSUED.value


def _record_lines(record: CheckRecord, tongue: Tongue) -> tuple[str, ...]:
    return (
        f"{in_japan(record.at):%Y-%m-%d %H:%M:%S} (JST)  koufu-verify {record.build}",
        f"document  {record.document_no or '-'}  {record.content_hash.hex() or '-'}",
        f"content   {record.content.value}  {CONTENT[record.content].told(tongue)}",
        f"sheet     {record.sheet.value}  {SHEET[record.sheet].told(tongue)}",
        f"status    {record.status.standing.value}  {STATUS[record.status.standing].told(tongue)}",
        f"list      {record.list_number}  {record.list_hash.hex() or '-'}",
        *(f"file      {file.hex()}" for file in record.files),
    )
