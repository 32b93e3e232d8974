"""Opens the trust list that a recipient has: signed by the centre they know, in force today, and not older than one
they saw before. A list that does not hold is a reason why nothing can be said of a document, never a crash."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.verify.judge import Reason
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.trustlist import TrustList, open_trust_list

CLOCKS_APART_S = 300
"""How far this machine's clock may be behind the centre's."""
MAX_SEEN = 64 * 1024
"""Bytes of the file of numbers that are looked at."""


class DamagedSeen(Exception):
    """The file of numbers that were seen is no such file."""


@dataclass(frozen=True, slots=True)
class SeenNumbers:
    """The highest number of a list that was seen of each centre, in a small file: JSON, by the centre's raw public key
    in hex."""

    path: Path

    def of(self, centre: Ed25519PublicKey) -> int:
        """The highest number seen of a centre, 0 before the first. Raises `DamagedSeen`."""
        return self._read().get(centre.public_bytes_raw().hex(), 0)

    def note(self, centre: Ed25519PublicKey, number: int) -> None:
        """Notes a number that was seen, if it is the highest."""
        numbers = self._read()
        name = centre.public_bytes_raw().hex()
        if number <= numbers.get(name, 0):
            return
        numbers[name] = number
        new = self.path.with_name(self.path.name + ".new")
        new.write_text(json.dumps(numbers, indent=2) + "\n")
        os.replace(new, self.path)  # noqa: PTH105 - whole or not at all, over what is there

    def _read(self) -> dict[str, int]:
        try:
            with self.path.open("rb") as file:
                content = file.read(MAX_SEEN + 1)
        except FileNotFoundError:
            return {}
        try:
            numbers = json.loads(content) if len(content) <= MAX_SEEN else None
        except (ValueError, RecursionError):
            numbers = None
        if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
            raise DamagedSeen(f"{self.path} is not what koufu-verify wrote there: look into it, then take it away")
        return numbers


def judged_trust_list(
    evidence: bytes, signature: bytes, centre: Ed25519PublicKey, now: int, seen: SeenNumbers | None = None
) -> TrustList | Reason:
    """The list when it may be trusted at `now` (Unix seconds), or why not; its number is noted in `seen`. Raises
    `DamagedSeen` and `OSError`."""
    try:
        trust_list = open_trust_list(evidence, signature, centre)
    except BadSignature:
        return Reason.TRUST_LIST_FORGED
    except MalformedEvidence:
        return Reason.TRUST_LIST_MALFORMED
    if now < trust_list.issued_at - CLOCKS_APART_S:
        return Reason.TRUST_LIST_NOT_YET_VALID
    # An older one is told as such, even when it ran out besides: somebody may have put it there.
    if seen is not None and trust_list.number < seen.of(centre):
        return Reason.TRUST_LIST_OLDER
    if now >= trust_list.expires_at:
        return Reason.TRUST_LIST_EXPIRED
    if seen is not None:
        seen.note(centre, trust_list.number)
    return trust_list
