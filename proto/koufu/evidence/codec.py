"""The one byte encoding of all evidence: a domain string, then fields in a fixed order, each behind its length.
It never guesses: a reader stops at the first byte that is not exactly what was announced."""

from koufu.evidence.errors import MalformedEvidence

MAX_EVIDENCE = 65_536
"""Largest evidence in bytes that a reader looks at."""

_LENGTH_BYTES = 4
_NUMBER_BYTES = 8


class Writer:
    """Collects fields; `done()` gives the bytes. Every field is a 4-byte big-endian length and its content."""

    def __init__(self, domain: str) -> None:
        self._parts: list[bytes] = []
        self.text(domain)

    def raw(self, value: bytes) -> None:
        """Adds bytes as they are."""
        self._parts.append(len(value).to_bytes(_LENGTH_BYTES, "big") + value)

    def text(self, value: str) -> None:
        """Adds a text as UTF-8, never normalised: a variation selector is part of a name."""
        encoded = value.encode("utf-8")
        self._parts.append(len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded)

    def number(self, value: int) -> None:
        """Adds a whole number from 0 to 2**64 - 1 as 8 bytes."""
        self.raw(value.to_bytes(_NUMBER_BYTES, "big"))

    def texts(self, values: tuple[str, ...]) -> None:
        """Adds a count and that many texts."""
        self.number(len(values))
        for value in values:
            self.text(value)

    def done(self) -> bytes:
        """The evidence."""
        return b"".join(self._parts)


class Reader:
    """Takes fields back in the order they were written. Raises `MalformedEvidence` on anything unexpected, and for more
    than `limit` bytes."""

    def __init__(self, domain: str, evidence: bytes, *, limit: int = MAX_EVIDENCE) -> None:
        if len(evidence) > limit:
            raise MalformedEvidence(f"evidence of {len(evidence)} bytes is over the limit of {limit}")
        self._evidence = evidence
        self._at = 0
        found = self.text(limit=64)
        if found != domain:
            raise MalformedEvidence(f"evidence is of another domain than {domain}")

    def raw(self, *, limit: int = MAX_EVIDENCE, exactly: int | None = None) -> bytes:
        """The next field. `limit` and `exactly` are in bytes."""
        start = self._at + _LENGTH_BYTES
        if start > len(self._evidence):
            raise MalformedEvidence("evidence ends inside a length")
        length = int.from_bytes(self._evidence[self._at : start], "big")
        if length > limit or start + length > len(self._evidence):
            raise MalformedEvidence("a field of the evidence is longer than it may be")
        if exactly is not None and length != exactly:
            raise MalformedEvidence(f"a field of the evidence has {length} bytes instead of {exactly}")
        self._at = start + length
        return self._evidence[start : self._at]

    def text(self, *, limit: int = 4096) -> str:
        """The next field as UTF-8 text of at most `limit` bytes."""
        try:
            return self.raw(limit=limit).decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedEvidence("a text of the evidence is not UTF-8") from error

    def number(self, *, limit: int = 2**64 - 1) -> int:
        """The next field as a whole number of at most `limit`."""
        value = int.from_bytes(self.raw(exactly=_NUMBER_BYTES), "big")
        if value > limit:
            raise MalformedEvidence(f"a number of the evidence is over {limit}")
        return value

    def texts(self, *, count: int, limit: int = 4096) -> tuple[str, ...]:
        """At most `count` texts of at most `limit` bytes each."""
        return tuple(self.text(limit=limit) for _ in range(self.number(limit=count)))

    def finish(self) -> None:
        """Says that nothing may follow."""
        if self._at != len(self._evidence):
            raise MalformedEvidence("evidence goes on after its last field")
