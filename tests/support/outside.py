"""The simulated parties outside on a free port of this machine, whose trouble a test orders."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

import grpc

from certserver.applications.states import State
from certserver.pipeline.card_applications.following import Followed, follow
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.service.simulated_parties import simulated_parties
from hardware.ports import Clock
from kiosk.simulators.card_maker import SimulatedCardMaker
from kiosk.simulators.client import RemoteControl
from kiosk.simulators.mail import SimulatedMail
from kiosk.simulators.outside import Outside
from kiosk.simulators.service import SimulatedParties, make_server
from kiosk.simulators.troubles import Trouble, TroubleKind
from tests.support.card_applications import parts
from tests.support.card_writing import WritingBench
from tests.support.pcsc_fake import StepClock
from tests.support.server import HandClock, ServerForTests
from tests.support.server_people import MUNICIPALITY

WITHIN_S = 20.0
NO_CARDS: Mapping[str, bytes] = MappingProxyType({})


def outside_of(clock: HandClock, takes: timedelta = timedelta(0), cards: Mapping[str, bytes] = NO_CARDS) -> Outside:
    """Card maker and mail over a clock that a test drives; `cards`: what the folder's cards bear, by their names."""

    def x509_of(card: str) -> bytes:
        if card not in cards:
            raise ValueError(f"there is no card called {card}")
        return cards[card]

    return Outside(SimulatedCardMaker(clock.now, x509_of, takes), SimulatedMail(clock.now, takes))


@dataclass
class OutsideForTests:
    """Where they are, and what steers them."""

    address: str
    control: RemoteControl
    clock: HandClock

    def trouble(self, method: str, kind: TroubleKind, *, reason: str = "closed-today", times: int = 1) -> None:
        """Of the next calls of a method."""
        self.control.set_trouble(method, Trouble(kind, reason, 0.0, times))

    def follow(
        self, server: ServerForTests, application: str, until: State | None = None, within_s: float = WITHIN_S
    ) -> Followed:
        """Goes on with an application over gRPC."""
        with simulated_parties(self.address, within_s) as parties:
            done = follow(parts(server), parties, MUNICIPALITY, application, until)
        assert not isinstance(done, Declined), done
        return done


@contextmanager
def outside_parties(
    takes: timedelta = timedelta(0), cards: Mapping[str, bytes] = NO_CARDS, line_clock: Clock | None = None
) -> Iterator[OutsideForTests]:
    """All of them, until the context is left. `line_clock` is what delays wait on."""
    clock, bench = HandClock(), WritingBench()
    simulated = SimulatedParties(bench.certifier, bench.terminal, outside_of(clock, takes, cards))
    server, port = make_server("127.0.0.1:0", simulated, line_clock or StepClock(), bench.entropy)
    server.start()
    address = f"127.0.0.1:{port}"
    try:
        with grpc.insecure_channel(address) as channel:
            yield OutsideForTests(address, RemoteControl(channel, WITHIN_S), clock)
    finally:
        server.stop(None).wait()
