"""The Directory service: which server answers for which municipality, signed. It hands out what it was given; only the
issuance centre's key makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass

from certserver.ledger.state import municipalities, read_state
from certserver.pipeline.holder import serves_elsewhere
from certserver.pipeline.parts import Parts
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.trust_lists import TrustLists
from certserver.ports import unix
from certserver.signing.municipal import CentreKey
from certserver.storage.engine import Database
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


def sign_directory(
    database: Database,
    settings: SettingsCache,
    key: CentreKey,
    addresses: Mapping[str, str],
    neighbours: tuple[DirectoryEntry, ...],
    at: int,
) -> SignedDirectory:
    """A fresh directory of all municipalities this database serves and of their `neighbours` elsewhere, as of an
    instant (Unix seconds); `addresses` (`host:port`) by code."""
    entries: list[DirectoryEntry] = []
    with database.reading() as connection:
        for code in municipalities(connection):
            state = read_state(connection, code)
            if state is not None and code in addresses:
                profile = settings.profile(connection, state, at)
                entries.append(
                    DirectoryEntry(
                        municipality=code,
                        name=profile.name,
                        name_kana=profile.name_kana,
                        name_en=profile.name_en,
                        prefecture=profile.prefecture,
                        prefecture_en=profile.prefecture_en,
                        koseki=serves_elsewhere(settings.offered(connection, state, at)),
                        address=addresses[code],
                    )
                )
    own = {entry.municipality for entry in entries}
    others = tuple(entry for entry in neighbours if entry.municipality not in own)
    directory = Directory((*entries, *others), at, at + DIRECTORY_LIFETIME_S)
    evidence, signature = key.sign_directory(directory)
    return SignedDirectory(evidence, signature, directory.expires_at)


class DirectoryService:
    """Gives the directory, signed anew each day, and the trust list."""

    def __init__(
        self,
        parts: Parts,
        key: CentreKey,
        addresses: Mapping[str, str],
        lists: TrustLists,
        neighbours: tuple[DirectoryEntry, ...] = (),
    ) -> None:
        self._parts = parts
        self._key = key
        self._addresses = dict(addresses)
        self._lists = lists
        self._neighbours = neighbours
        self._signed: SignedDirectory | None = None

    def get_directory(self, _request: wire.GetDirectoryRequest) -> wire.GetDirectoryReply:
        """Directory and trust list in force."""
        parts, signed, at = self._parts, self._signed, unix(self._parts.clock.now())
        if signed is None or signed.expires_at - at < _RENEW_BEFORE_END_S:
            signed = sign_directory(parts.database, parts.settings, self._key, self._addresses, self._neighbours, at)
            self._signed = signed
        trust = self._lists.in_force(at)
        return wire.GetDirectoryReply(
            evidence=signed.evidence,
            signature=signed.signature,
            trust_list=trust.evidence,
            trust_list_signature=trust.signature,
        )
