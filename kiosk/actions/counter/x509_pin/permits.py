"""What the municipality's rules let this desk do: asked of its server, never decided here."""

from collections.abc import Callable
from datetime import date
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

    def renewal(self, effect: do.AskRenewal, tell: DeskTell) -> None:
        """Tells `RenewalSaid` or `BrokeOff`."""
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

    def renewal(self, effect: do.AskRenewal, tell: DeskTell) -> None:
        """Asks from which day X.509s are renewed, and tells what was answered."""
        try:
            request = wire.AskRenewalRequest(
                desk=self._desk(), last_days=[each.isoformat() for each in effect.last_days]
            )
            answer = self._transport().unary(SERVICE + "AskRenewal", request.SerializeToString(), SHORT_S)
            said = _renewal(effect, reply_of(answer, wire.AskRenewalReply))
        except RequestRejected:
            tell(on.RenewalSaid(effect.number, effect.last_days, WhyNot.NOT_THIS_DESK))
        except (ServerAway, ServerFault):
            tell(on.BrokeOff(effect.number, on.CardTrouble.SERVER_AWAY))
        else:
            tell(said)


def _renewal(effect: do.AskRenewal, reply: wire.AskRenewalReply) -> on.RenewalSaid:
    """The first reason against; of several that are too early the day on which all can be renewed."""
    number, last_days = effect.number, effect.last_days
    if reply.HasField("refusal"):
        return on.RenewalSaid(number, last_days, WhyNot.NOT_THIS_DESK)
    if [each.last_day for each in reply.renewals] != [each.isoformat() for each in last_days]:
        raise ServerFault("the answer is about other days than were asked")
    stages = {each.stage for each in reply.renewals}
    if "new-issue" in stages:
        return on.RenewalSaid(number, last_days, WhyNot.EXPIRED)
    if stages == {"renewal"}:
        return on.RenewalSaid(number, last_days)
    try:
        since = max(date.fromisoformat(each.first_day) for each in reply.renewals)
    except ValueError as error:
        raise ServerFault("the answer tells a day that is none") from error
    return on.RenewalSaid(number, last_days, WhyNot.TOO_EARLY, since)


def _said(number: int, reply: wire.AllowedReply) -> on.RulesSaid:
    if not reply.HasField("refusal"):
        return on.RulesSaid(number)
    reason = _REASONS.get(reply.refusal.reason, WhyNot.NOT_THIS_DESK)
    return on.RulesSaid(number, reason, places_of(reply.refusal))
