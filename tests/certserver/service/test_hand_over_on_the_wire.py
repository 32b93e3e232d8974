"""A card that waits at a municipal counter, over gRPC and mutual TLS: handed over there to the proxy of somebody of 78,
and refused at a post office with where to go."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import grpc
import pytest

from tests.support.card_applications import Counter, on_the_wire, verified
from tests.support.hand_over import (
    BORN,
    NAMES,
    Brought,
    a_hand_over_server,
    activated,
    admits,
    card_waits,
    compared,
    finds,
)
from tests.support.server import WireServer


@pytest.fixture
def running(tmp_path: Path) -> Iterator[WireServer]:
    with a_hand_over_server(tmp_path) as server, server.on_the_wire() as made:
        yield made


def at_hall_on(running: WireServer) -> Counter:
    return on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")


def test_to_a_proxy_at_the_counter_and_never_at_a_post_office(running: WireServer) -> None:
    card_waits(running.server)
    clerk = on_the_wire(running)
    assert clerk.may("proxy-delivery", "proxy") == "never-here: municipal-counter"
    refused = finds(clerk, name=NAMES["hisa"], born=BORN["hisa"].isoformat()).refusal
    assert (refused.reason, [each.kind for each in refused.instead]) == ("never-here", ["municipal-counter"])

    hall = at_hall_on(running)
    assert hall.may("proxy-delivery", "proxy") == ""
    assert finds(hall, name=NAMES["hisa"], born=BORN["hisa"].isoformat()).waiting.signing
    assert hall.move("reserve") == "reserved"
    bare = admits(hall, replace(Brought(), brought=()))
    assert (list(bare.lacking.lacks), bare.lacking.proxy) == (["proxy"], "not-supported")
    assert list(bare.lacking.or_else_all) == ["identity-document", "letter-says-hard-to-go-out"]
    assert list(admits(hall, Brought()).admitted.pin_settings) == ["sealed-form"]
    assert compared(hall, b"another's") == "other-card"
    assert compared(hall) == "reserved"
    assert activated(hall, "sealed-form") == "reserved"
    assert hall.move("deliver") == "delivered"
    verified(running.server)


WRONG: dict[str, Callable[[Counter], object]] = {
    "coming": lambda hall: admits(hall, Brought(coming="neighbour")),
    "case": lambda hall: admits(hall, Brought(case="lazy")),
    "brought": lambda hall: admits(hall, Brought(brought=("a-cake",))),
    "of_holder": lambda hall: admits(hall, Brought(of_holder=("passport",) * 9)),
    "shown": lambda hall: admits(hall, Brought(of_taker=("library-card",))),
    "pin_setting": lambda hall: activated(hall, "telepathy"),
    "user_auth_x509": lambda hall: compared(hall, b"x" * 4097),
    "application": lambda hall: finds(hall, application="12"),
    "born": lambda hall: finds(hall, name="見本", born="1948"),
    "name": lambda hall: finds(hall, name="", born="1948-03-31"),
    "token": lambda hall: admits(hall, Brought(), b"short"),
}


def test_what_the_wire_does_not_allow_is_told_by_its_field(running: WireServer) -> None:
    hall = at_hall_on(running)
    hall.application = "0" * 32
    for field, ask in WRONG.items():
        with pytest.raises(grpc.RpcError) as caught:
            ask(hall)
        assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert str(caught.value.details()).startswith(f"{field}:"), field
