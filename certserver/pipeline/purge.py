"""Forgets what has run out: prepared bytes and keys, sessions, and the rows of orders that nothing can revive.
Composition schedules it every half minute; it is safe in any number of processes at once."""

from sqlalchemy import bindparam, delete, select, update

from certserver.pipeline.orders import OrderState
from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.storage.visits import orders, prepared_documents, sessions

ORDER_KEPT_S = 86_400
"""How long the row of an order outlives it. Its session is gone long before, so no attempt can come back."""

_RAN_OUT = (orders.c.expires_at <= bindparam("now")) & (orders.c.state != OrderState.CLOSED.value)
_ANY = (
    select(orders.c.order_id)
    .where(_RAN_OUT)
    .union_all(select(sessions.c.session_id).where(sessions.c.expires_at <= bindparam("now")))
)
_DOCUMENTS = delete(prepared_documents).where(
    select(orders.c.order_id)
    .where(
        orders.c.municipality == prepared_documents.c.municipality,
        orders.c.order_id == prepared_documents.c.order_id,
        orders.c.expires_at <= bindparam("now"),
    )
    .exists()
)
_CLOSE = update(orders).where(_RAN_OUT).values(state=OrderState.CLOSED.value)
_SESSIONS = delete(sessions).where(sessions.c.expires_at <= bindparam("now"))
_ORDERS = delete(orders).where(orders.c.expires_at <= bindparam("before"))


def purge(parts: Parts) -> None:
    """Forgets everything that has run out by now."""
    now = unix(parts.clock.now())
    with parts.database.reading() as connection:
        if connection.execute(_ANY.limit(1), {"now": now}).first() is None:
            return
    with parts.database.writing() as connection:
        connection.execute(_DOCUMENTS, {"now": now})
        connection.execute(_CLOSE, {"now": now})
        connection.execute(_SESSIONS, {"now": now})
        connection.execute(_ORDERS, {"before": now - ORDER_KEPT_S})
