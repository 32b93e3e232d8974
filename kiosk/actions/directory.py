"""Which server answers for which municipality, from the directory that the issuance centre signed. An address
or a key that no valid directory names is never used."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.wire import Transport, fetch_directory
from kiosk.errors import MunicipalityNotServed, ServerAway, ServerFault
from kiosk.flow.values import Municipality
from koufu.evidence.directory import Directory, DirectoryEntry, open_directory
from koufu.evidence.errors import EvidenceError

REFRESH_S = 6 * 3600


@dataclass(slots=True)
class SignedDirectory:
    """Fetches the directory when it is first needed and again every few hours; keeps the one at hand while it is valid
    and no newer one is to be had. `now` in Unix seconds."""

    transport: Transport
    key: Ed25519PublicKey
    now: Callable[[], int]
    _directory: Directory | None = field(default=None, init=False)
    _fetched_at: int = field(default=0, init=False)

    def entry(self, municipality: str) -> DirectoryEntry:
        """The entry of a municipality. Raises `ServerAway` when there is none to be had, `ServerFault` when the
        directory is not the centre's, `MunicipalityNotServed` when it does not name the municipality."""
        now = self.now()
        if self._entry(municipality) is None or now - self._fetched_at >= REFRESH_S or now >= self._expires_at():
            self._refresh(now)
        entry = self._entry(municipality)
        if entry is None:
            raise MunicipalityNotServed("the directory does not name this municipality")
        return entry

    def koseki_at(self) -> tuple[Municipality, ...]:
        """The municipalities of the directory at hand that serve people for their koseki wherever they live; none
        before there is a directory. Asks nobody."""
        entries = self._directory.entries if self._directory is not None else ()
        return tuple(
            Municipality(
                each.municipality, each.name, each.name_en, each.name_kana, each.prefecture, each.prefecture_en
            )
            for each in entries
            if each.koseki
        )

    def _entry(self, municipality: str) -> DirectoryEntry | None:
        return self._directory.entry(municipality) if self._directory is not None else None

    def _expires_at(self) -> int:
        return self._directory.expires_at if self._directory is not None else 0

    def _refresh(self, now: int) -> None:
        try:
            fetched = self._fetch(now)
        except (ServerAway, ServerFault):
            if now >= self._expires_at():
                raise
            return
        self._directory, self._fetched_at = fetched, now

    def _fetch(self, now: int) -> Directory:
        evidence, signature = fetch_directory(self.transport)
        try:
            directory = open_directory(evidence, signature, self.key)
        except EvidenceError as error:
            raise ServerFault("the directory is not the issuance centre's") from error
        if not directory.issued_at - _CLOCKS_APART_S <= now < directory.expires_at:
            raise ServerFault("the directory is not valid now")
        if self._directory is not None and directory.issued_at < self._directory.issued_at:
            raise ServerFault("the directory is older than the one at hand")
        return directory


_CLOCKS_APART_S = 300
"""How far this terminal's clock may be behind the centre's."""
