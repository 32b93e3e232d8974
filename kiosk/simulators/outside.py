"""The edge of the simulated card maker, resident network and mail: messages into calls of them, with the trouble that
was ordered. The resident network knows nobody: it confirms whoever is asked about, until it is told a change."""

from dataclasses import dataclass

import grpc

from kiosk.simulators.card_maker import DEFECTS, SimulatedCardMaker
from kiosk.simulators.line import Line, word
from kiosk.simulators.mail import BROUGHT_BACK, SimulatedMail
from kiosk.simulators.refusal import PartyRefused
from koufu.v1 import simulators_pb2 as wire
from koufu.v1 import simulators_pb2_grpc as services

METHODS = frozenset({"AskLetter", "AskOrder", "ConfirmResident", "HandIn", "OrderCard"})
CHANGES = frozenset({"moved-out", "died", "name-changed", "address-changed"})
"""What the resident network may say of somebody."""
MAX_TEXT = 400
"""Characters of a name or an address."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The simulated parties that keep something."""

    maker: SimulatedCardMaker
    mail: SimulatedMail


class CardMakerService(services.SimulatedCardMakerServicer):
    """The simulated card maker on the wire."""

    def __init__(self, maker: SimulatedCardMaker, line: Line) -> None:
        self._maker = maker
        self._line = line

    def OrderCard(self, request: wire.OrderCardRequest, context: grpc.ServicerContext) -> wire.OrderCardReply:  # noqa: N802
        """Takes an order."""

        def taken(defect: str = "") -> wire.OrderCardReply:
            municipality = word(request.municipality)
            found = self._maker.order(request.form_id, municipality, express=request.express, defect=defect)
            return wire.OrderCardReply(defect=found) if found else wire.OrderCardReply(accepted=wire.OrderTaken())

        def refused(reason: str) -> wire.OrderCardReply:
            return taken(reason) if reason in DEFECTS else wire.OrderCardReply(refused=reason)

        return self._line.call("OrderCard", context, taken, refused)

    def AskOrder(self, request: wire.AskOrderRequest, context: grpc.ServicerContext) -> wire.AskOrderReply:  # noqa: N802
        """How far an order is."""

        def asked() -> wire.AskOrderReply:
            stage, x509 = self._maker.ask(request.form_id)
            return wire.AskOrderReply(progress=wire.OrderProgress(stage=stage, x509=x509))

        return self._line.call("AskOrder", context, asked, lambda reason: wire.AskOrderReply(refused=reason))


class ResidentNetworkService(services.SimulatedResidentNetworkServicer):
    """The simulated resident network on the wire."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def ConfirmResident(  # noqa: N802
        self, request: wire.ConfirmResidentRequest, context: grpc.ServicerContext
    ) -> wire.ConfirmResidentReply:
        """Whether somebody is registered so."""

        def confirmed() -> wire.ConfirmResidentReply:
            word(request.municipality)
            if not all(0 < len(text) <= MAX_TEXT for text in (request.name, request.born, request.address)):
                raise ValueError("name, birth and address are wanted")
            return wire.ConfirmResidentReply(confirmed=wire.RegisteredSo())

        def refused(reason: str) -> wire.ConfirmResidentReply:
            if reason in CHANGES:
                return wire.ConfirmResidentReply(changed=reason)
            return wire.ConfirmResidentReply(refused=reason)

        return self._line.call("ConfirmResident", context, confirmed, refused)


class MailService(services.SimulatedMailServicer):
    """The simulated mail on the wire."""

    def __init__(self, mail: SimulatedMail, line: Line) -> None:
        self._mail = mail
        self._line = line

    def HandIn(self, request: wire.HandInRequest, context: grpc.ServicerContext) -> wire.LetterReply:  # noqa: N802
        """Takes a letter."""

        def taken() -> wire.LetterReply:
            return wire.LetterReply(at=self._mail.hand_in(word(request.letter), with_notice=request.with_notice))

        return self._line.call("HandIn", context, taken, lambda reason: wire.LetterReply(refused=reason))

    def AskLetter(self, request: wire.AskLetterRequest, context: grpc.ServicerContext) -> wire.LetterReply:  # noqa: N802
        """Where a letter is."""

        def refused(reason: str) -> wire.LetterReply:
            if reason != BROUGHT_BACK:
                return wire.LetterReply(refused=reason)
            try:
                return wire.LetterReply(at=self._mail.bring_back(word(request.letter)))
            except PartyRefused as unknown:
                return wire.LetterReply(refused=unknown.reason)

        def asked() -> wire.LetterReply:
            return wire.LetterReply(at=self._mail.ask(word(request.letter)))

        return self._line.call("AskLetter", context, asked, refused)


def add_outside(server: grpc.Server, outside: Outside, line: Line) -> None:
    """Adds the three of them to a server."""
    services.add_SimulatedCardMakerServicer_to_server(CardMakerService(outside.maker, line), server)
    services.add_SimulatedResidentNetworkServicer_to_server(ResidentNetworkService(line), server)
    services.add_SimulatedMailServicer_to_server(MailService(outside.mail, line), server)
