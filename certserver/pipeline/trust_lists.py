"""The trust list of a home: made of what its municipalities' keys and names are, numbered and kept, so that every node
hands out the same one and no number ever stands for two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from certserver.ledger.keys import read_keys
from certserver.ledger.state import lock_state, municipalities, read_state
from certserver.pipeline.bundles import listed_bundles
from certserver.pipeline.settings import SettingsCache
from certserver.signing.municipal import CentreKey
from certserver.storage.engine import Database
from certserver.storage.keys import trust_lists
from koufu.evidence.trustlist import Signatory, TrustList

LIFETIME_S = 30 * 86_400
"""How long a recipient may work with a list and no network: as long as a revocation may stay unknown to them."""
RENEWED_AFTER_S = 86_400

_NEWEST = (
    select(trust_lists)
    .where(trust_lists.c.municipality == bindparam("of"))
    .order_by(trust_lists.c.number.desc())
    .limit(1)
)


class Export(NamedTuple):
    """A trust list's bytes, the signature over them, and what they say."""

    evidence: bytes
    signature: bytes
    trust_list: TrustList


@dataclass(frozen=True, slots=True)
class TrustLists:
    """Gives the list in force and signs a new one when anything changed or a day went by. `home` is the municipality
    whose rows keep the lists; `neighbours` are signatories with a server of their own."""

    database: Database
    settings: SettingsCache
    centre: CentreKey
    home: str
    neighbours: Sequence[Signatory] = ()

    def in_force(self, at: int) -> Export:
        """The list as of an instant (Unix seconds)."""
        with self.database.reading() as connection:
            kept = self._kept(connection, self._signatories(connection, at), at)
        return kept or self._signed(at)

    def _signed(self, at: int) -> Export:
        with self.database.writing() as connection:
            lock_state(connection, self.home)
            signatories = self._signatories(connection, at)
            # Another node may have been first.
            kept = self._kept(connection, signatories, at)
            if kept is not None:
                return kept
            newest = connection.execute(_NEWEST, {"of": self.home}).first()
            # Seconds, so that a database that was restored from an old copy doesn't give a number a second time.
            number = at if newest is None else max(at, newest.number + 1)
            trust_list = TrustList(number, at, at + LIFETIME_S, signatories)
            evidence, signature = self.centre.sign_trust_list(trust_list)
            connection.execute(
                insert(trust_lists).values(
                    municipality=self.home,
                    number=trust_list.number,
                    issued_at=at,
                    expires_at=trust_list.expires_at,
                    evidence=evidence,
                    signature=signature,
                )
            )
        return Export(evidence, signature, trust_list)

    def _kept(self, connection: Connection, signatories: tuple[Signatory, ...], at: int) -> Export | None:
        """The newest list that was kept, while it says what is true and is not a day old."""
        newest = connection.execute(_NEWEST, {"of": self.home}).first()
        if newest is None or not newest.issued_at <= at < newest.issued_at + RENEWED_AFTER_S:
            return None
        if not self.centre.signed(newest.evidence, newest.signature):
            return None
        trust_list = TrustList.from_bytes(newest.evidence)
        return Export(newest.evidence, newest.signature, trust_list) if trust_list.signatories == signatories else None

    def _signatories(self, connection: Connection, at: int) -> tuple[Signatory, ...]:
        own: dict[str, Signatory] = {}
        for code in municipalities(connection):
            state = read_state(connection, code)
            if state is None:
                continue
            profile = self.settings.profile(connection, state, at)
            own[code] = Signatory(
                municipality=code,
                name=profile.name,
                name_kana=profile.name_kana,
                name_en=profile.name_en,
                prefecture=profile.prefecture,
                prefecture_en=profile.prefecture_en,
                keys=read_keys(connection, code),
                bundles=listed_bundles(connection, code),
            )
        others = {each.municipality: each for each in self.neighbours}
        return tuple((others | own)[code] for code in sorted(others | own))
