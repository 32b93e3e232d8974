"""The Directory service: which server answers for which municipality, signed. It hands out what it was given; only the
issuance centre's key makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass

from certserver.ledger.state import municipalities, read_state
from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.signing.municipal import DirectoryKey
from koufu.evidence.directory import Directory, DirectoryEntry
from koufu.v1 import issuance_pb2 as wire

DIRECTORY_LIFETIME_S = 7 * 86_400
_RENEW_BEFORE_END_S = 6 * 86_400


@dataclass(frozen=True, slots=True)
class SignedDirectory:
    """A directory's bytes, the signature over them, and when they run out (Unix seconds)."""

    evidence: bytes
    signature: bytes
    expires_at: int


def sign_directory(parts: Parts, key: DirectoryKey, addresses: Mapping[str, str]) -> SignedDirectory:
    """A fresh directory of all municipalities this database serves; `addresses` are `host:port` by code."""
    at = unix(parts.clock.now())
    entries = []
    with parts.database.reading() as connection:
        for code in municipalities(connection):
            state = read_state(connection, code)
            if state is not None and code in addresses and code in parts.keys:
                profile = parts.settings.profile(connection, state, at)
                key_bytes = parts.keys[code].raw_public_key
                entries.append(DirectoryEntry(code, profile.name, profile.name_en, addresses[code], key_bytes))
    directory = Directory(tuple(entries), at, at + DIRECTORY_LIFETIME_S)
    evidence, signature = key.sign_directory(directory)
    return SignedDirectory(evidence, signature, directory.expires_at)


class DirectoryService:
    """Gives the directory, signed anew each day."""

    def __init__(self, parts: Parts, key: DirectoryKey, addresses: Mapping[str, str]) -> None:
        self._parts = parts
        self._key = key
        self._addresses = dict(addresses)
        self._signed: SignedDirectory | None = None

    def get_directory(self, _request: wire.GetDirectoryRequest) -> wire.GetDirectoryReply:
        """The directory in force."""
        signed = self._signed
        if signed is None or signed.expires_at - unix(self._parts.clock.now()) < _RENEW_BEFORE_END_S:
            signed = self._signed = sign_directory(self._parts, self._key, self._addresses)
        return wire.GetDirectoryReply(evidence=signed.evidence, signature=signed.signature)
