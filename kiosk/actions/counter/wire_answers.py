"""What every case of the counter has in common on the wire of card applications: who asks, and answers within bounds or
a fault."""

from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from kiosk.counter.elsewhere import KINDS, Place
from kiosk.errors import ServerFault
from koufu.v1 import applications_pb2 as wire

SERVICE = "/koufu.v1.ApplicationService/"
MOST_PLACES = 20
MOST_NAME = 100

_Reply = TypeVar("_Reply", bound=Message)


def desk_of(municipality: str, session: Callable[[], bytes]) -> Callable[[], wire.Desk]:
    """Who asks, anew for each call: raises what `session` raises when nobody is signed in."""
    return lambda: wire.Desk(municipality=municipality, session=session())


def reply_of(answer: bytes, message: type[_Reply]) -> _Reply:
    """The message. Raises `ServerFault` over bytes that are none."""
    try:
        return message.FromString(answer)
    except DecodeError as error:
        raise ServerFault("the server answered with bytes that are no message") from error


def places_of(refusal: wire.ApplicationRefusal) -> tuple[Place, ...]:
    """Where it can be done instead, as far as a window has words for it."""
    return tuple(
        Place(each.kind, each.name[:MOST_NAME]) for each in refusal.instead[:MOST_PLACES] if each.kind in KINDS
    )
