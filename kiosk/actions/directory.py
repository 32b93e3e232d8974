"""Which server answers for which municipality, and whose keys speak for it, from the directory and the trust list that
the issuance centre signed. An address or a key that no valid one names is never used."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.wire import Transport, fetch_directory
from kiosk.errors import MunicipalityNotServed, ServerAway, ServerFault
from kiosk.flow.values.board import Municipality
from koufu.evidence.directory import Directory, DirectoryEntry, open_directory
from koufu.evidence.errors import EvidenceError
from koufu.evidence.trustlist import Signatory, TrustList, open_trust_list

REFRESH_S = 6 * 3600


@dataclass(slots=True)
class SignedDirectory:
    """Fetches directory and trust list when they are first needed and again every few hours; keeps those at hand while
    they are valid and no newer ones are to be had. `now` in Unix seconds."""

    transport: Transport
    key: Ed25519PublicKey
    now: Callable[[], int]
    _directory: Directory | None = field(default=None, init=False)
    _trust_list: TrustList | None = field(default=None, init=False)
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

    def signatory(self, municipality: str, *, anew: bool = False) -> Signatory:
        """The keys that speak for a municipality; with `anew` the list is fetched now, since one at hand may not know
        a key that began in haste. Raises as `entry` does."""
        self.entry(municipality)
        if anew:
            self._refresh(self.now())
        signatory = self._trust_list.signatory(municipality) if self._trust_list is not None else None
        if signatory is None:
            raise MunicipalityNotServed("the trust list does not name this municipality")
        return signatory

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
        if self._directory is None or self._trust_list is None:
            return 0
        return min(self._directory.expires_at, self._trust_list.expires_at)

    def _refresh(self, now: int) -> None:
        try:
            fetched = self._fetch(now)
        except (ServerAway, ServerFault):
            if now >= self._expires_at():
                raise
            return
        self._directory, self._trust_list = fetched
        self._fetched_at = now

    def _fetch(self, now: int) -> tuple[Directory, TrustList]:
        fetched = fetch_directory(self.transport)
        try:
            directory = open_directory(*fetched.directory, self.key)
            trust_list = open_trust_list(*fetched.trust_list, self.key)
        except EvidenceError as error:
            raise ServerFault("directory or trust list is not the issuance centre's") from error
        for each in (directory, trust_list):
            if not each.issued_at - _CLOCKS_APART_S <= now < each.expires_at:
                raise ServerFault("directory or trust list is not valid now")
        if self._directory is not None and directory.issued_at < self._directory.issued_at:
            raise ServerFault("the directory is older than the one at hand")
        if self._trust_list is not None and trust_list.number < self._trust_list.number:
            raise ServerFault("the trust list is older than the one at hand")
        return directory, trust_list


_CLOCKS_APART_S = 300
"""How far this terminal's clock may be behind the centre's."""
