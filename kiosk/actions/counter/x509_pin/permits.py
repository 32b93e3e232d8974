"""What the municipality's rules let this desk do: asked of its server, never decided here."""

from collections.abc import Callable
from typing import Protocol

from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.wire_answers import SERVICE, places_of, reply_of
from kiosk.actions.wire import SHORT_S, Transport
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.values import PROCEDURES, WhyNot
from kiosk.errors import RequestRejected, ServerAway, ServerFault
from koufu.v1 import applications_pb2 as wire

_REASONS = {each.value: each for each in WhyNot}


class Rules(Protocol):
    """Where the rules are asked."""

    def allowed(self, effect: do.AskRules, tell: DeskTell) -> None:
        """Tells `RulesSaid` or `RulesAway`."""
        ...


class ServerRules:
    """The rules of the municipality's server. `desk` gives who asks, anew for each call, and raises `ServerAway` when
    nobody is signed in; `municipality` is the one that the desk works for."""

    def __init__(self, transport: Callable[[], Transport], desk: Callable[[], wire.Desk], municipality: str) -> None:
        self._transport = transport
        self._desk = desk
        self._municipality = municipality

    def allowed(self, effect: do.AskRules, tell: DeskTell) -> None:
        """Asks, and tells what was answered."""
        try:
            request = wire.AllowedRequest(
                desk=self._desk(),
                procedure=PROCEDURES[effect.wish],
                comer=effect.comer.value,
                municipality=self._municipality if effect.lives_here else "",
            )
            answer = self._transport().unary(SERVICE + "Allowed", request.SerializeToString(), SHORT_S)
            reply = reply_of(answer, wire.AllowedReply)
        except RequestRejected:
            tell(on.RulesSaid(effect.number, WhyNot.NOT_THIS_DESK))
        except (ServerAway, ServerFault):
            tell(on.RulesAway(effect.number))
        else:
            tell(_said(effect.number, reply))


def _said(number: int, reply: wire.AllowedReply) -> on.RulesSaid:
    if not reply.HasField("refusal"):
        return on.RulesSaid(number)
    reason = _REASONS.get(reply.refusal.reason, WhyNot.NOT_THIS_DESK)
    return on.RulesSaid(number, reason, places_of(reply.refusal))
