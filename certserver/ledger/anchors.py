"""Heads of the audit log kept in a file apart from the database, each signed by the municipality, so that an end that
was cut off, or a log that was written anew, is found. The file is only ever appended to."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from certserver.errors import AuditBroken, ConfigurationError
from certserver.ledger.audit import AuditHead
from certserver.signing.municipal import MunicipalKey, signed_audit_head


def keep_anchor(path: Path, head: AuditHead, key: MunicipalKey) -> None:
    """Appends a signed head as one line, unless it is the last one there."""
    line = json.dumps(
        {
            "municipality": head.municipality,
            "audit_seq": head.audit_seq,
            "audit_hash": head.audit_hash.hex(),
            "signature": key.sign_audit_head(head.to_bytes()).hex(),
        }
    )
    content = (line + "\n").encode()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - len(content)))
        if file.read() != content:
            file.write(content)


def read_anchors(path: Path, raw_public_keys: Sequence[bytes]) -> tuple[AuditHead, ...]:
    """The heads in a file, none when there is no file. Raises `AuditBroken` when none of the keys that the municipality
    has or had signed one."""
    if not path.exists():
        return ()
    heads = []
    for at, line in enumerate(path.read_text().splitlines(), start=1):
        try:
            entry = json.loads(line)
            head = AuditHead(str(entry["municipality"]), int(entry["audit_seq"]), bytes.fromhex(entry["audit_hash"]))
            signature = bytes.fromhex(entry["signature"])
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{path}, line {at}, is no head of an audit log") from error
        if not signed_audit_head(raw_public_keys, head.to_bytes(), signature):
            raise AuditBroken(head.audit_seq, f"the municipality did not sign line {at} of {path.name}")
        heads.append(head)
    return tuple(heads)
