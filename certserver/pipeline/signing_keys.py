"""The key with which a municipality signs at an instant. Which one that is stands in the database; the private half is
asked for where keys are kept, once for each key."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from certserver.ledger.keys import key_in_force, read_keys
from certserver.ledger.state import State
from certserver.pipeline.orders import OrderState
from certserver.signing.municipal import MunicipalKey
from certserver.signing.signers import KeyStore
from certserver.storage.visits import orders, prepared_documents
from koufu.evidence.trustlist import ListedKey


@dataclass(frozen=True, slots=True)
class _Kept:
    revision: int
    listed: Sequence[ListedKey]


class SigningKeys:
    """Safe to share between threads: what is kept is replaced whole. As with settings, the revision comes from the
    state row of the transaction at hand, so that no node signs with a key that it could know to be revoked."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._kept: dict[str, _Kept] = {}
        self._opened: dict[bytes, MunicipalKey] = {}

    def in_force(self, connection: Connection, state: State, at: int) -> MunicipalKey | None:
        """The key that signs at an instant (Unix seconds), None when the municipality has none then. Raises
        `ConfigurationError` when this node does not have it."""
        kept = self._kept.get(state.municipality)
        if kept is None or kept.revision != state.settings_revision:
            kept = _Kept(state.settings_revision, read_keys(connection, state.municipality))
            self._kept[state.municipality] = kept
        listed = key_in_force(kept.listed, at)
        return None if listed is None else self._open(listed.raw)

    def require(self, listed: Sequence[ListedKey], at: int) -> None:
        """Raises `ConfigurationError` unless this node has every key that signs now or later (I8)."""
        for key in listed:
            over = key.period.until is not None and key.period.until <= at
            if not over and key.revocation is None:
                self._open(key.raw)

    def _open(self, raw: bytes) -> MunicipalKey:
        key = self._opened.get(raw)
        if key is None:
            key = self._opened[raw] = MunicipalKey(self._store.open(raw))
        return key


def forget_prepared(connection: Connection, municipality: str) -> None:
    """Lets every order that waits for its release be prepared anew: its pages bear a key that was revoked."""
    waiting = (orders.c.municipality == bindparam("of")) & (orders.c.state == OrderState.PREPARED.value)
    which = orders.select().with_only_columns(orders.c.order_id).where(waiting)
    connection.execute(
        prepared_documents.delete().where(
            prepared_documents.c.municipality == bindparam("of"), prepared_documents.c.order_id.in_(which)
        ),
        {"of": municipality},
    )
    connection.execute(update(orders).where(waiting).values(state=OrderState.STALE.value), {"of": municipality})
