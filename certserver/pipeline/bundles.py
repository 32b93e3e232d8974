"""Keeps the form bundles that documents were drawn with. A bundle comes in with the first documents that name it, in
their own transaction: whatever leaves on paper can be drawn again."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from certserver.storage.bundles import form_bundles
from certserver.storage.statements import Change, Query
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.trustlist import MAX_BUNDLES, ListedBundle, Period

_KNOWN = Query(
    select(form_bundles.c.first_used_at).where(
        form_bundles.c.municipality == bindparam("of"), form_bundles.c.hash == bindparam("which")
    )
)
_ONE = Query(
    select(form_bundles.c.bundle, form_bundles.c.signature).where(
        form_bundles.c.municipality == bindparam("of"), form_bundles.c.hash == bindparam("which")
    )
)
_ADD = Change(insert(form_bundles))
_ALL = (
    select(form_bundles.c.bundle, form_bundles.c.signature, form_bundles.c.first_used_at)
    .where(form_bundles.c.municipality == bindparam("municipality"))
    .order_by(form_bundles.c.first_used_at, form_bundles.c.hash)
)


_HASHES = Query(
    select(form_bundles.c.hash, form_bundles.c.first_used_at)
    .where(form_bundles.c.municipality == bindparam("of"))
    .order_by(form_bundles.c.first_used_at, form_bundles.c.hash)
)


@dataclass(frozen=True, slots=True)
class KeptBundle:
    """A bundle, and the Unix second of the first documents that were drawn with it."""

    signed: SignedBundle
    first_used_at: int


def keep_bundles(connection: Connection, municipality: str, bundles: Iterable[SignedBundle], at: int) -> None:
    """Keeps each that is not kept yet. The municipality's lock must be held."""
    for signed in set(bundles):
        if _KNOWN.first(connection, {"of": municipality, "which": signed.hash}) is None:
            row = {
                "municipality": municipality,
                "hash": signed.hash,
                "bundle": signed.evidence,
                "signature": signed.signature,
                "first_used_at": at,
            }
            _ADD.run(connection, row)


def kept_bundles(connection: Connection, municipality: str) -> tuple[KeptBundle, ...]:
    """All that are kept, oldest first."""
    rows = connection.execute(_ALL, {"municipality": municipality})
    return tuple(KeptBundle(SignedBundle(row.bundle, row.signature), row.first_used_at) for row in rows)


def further_bundles(connection: Connection, municipality: str, known: Set[bytes]) -> Iterator[SignedBundle]:
    """All that are kept but those of known hashes, oldest first."""
    hashes = [row.hash for row in _HASHES.all(connection, {"of": municipality}) if row.hash not in known]
    for which in hashes:
        row = _ONE.first(connection, {"of": municipality, "which": which})
        assert row is not None, "none is ever deleted"
        yield SignedBundle(row.bundle, row.signature)


def listed_bundles(connection: Connection, municipality: str) -> tuple[ListedBundle, ...]:
    """What a trust list says of them: the newest, as many as it holds, oldest first."""
    rows = _HASHES.all(connection, {"of": municipality})
    return tuple(ListedBundle(row.hash, Period(row.first_used_at)) for row in rows[-MAX_BUNDLES:])
