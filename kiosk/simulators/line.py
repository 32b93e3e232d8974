"""How every call of a simulator is carried out: with the delay, refusal, failure or silence that was ordered of its
method. Nothing here knows what the call is about."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

import grpc

from hardware.errors import IssuerRefused, OperatorRefused
from hardware.ports import Clock
from kiosk.simulators.refusal import PartyRefused
from kiosk.simulators.troubles import Trouble, TroubleKind, Troubles

MAX_WORD = 64
"""Characters of a case's number, a holder, an operator, a letter."""

_Reply = TypeVar("_Reply")


class Line:
    """Carries out one call with the trouble it has ahead."""

    def __init__(self, troubles: Troubles, clock: Clock) -> None:
        self._troubles = troubles
        self._clock = clock

    def call(
        self,
        method: str,
        context: grpc.ServicerContext,
        do: Callable[[], _Reply],
        refused: Callable[[str], _Reply] | None = None,
    ) -> _Reply:
        """The reply, or a status in its place. `refused` makes a reply of a refusal."""
        trouble = self._troubles.next(method)
        if trouble.delay_s:
            self._clock.wait(trouble.delay_s)
        if trouble.kind in (TroubleKind.SILENT, TroubleKind.FAIL):
            _break_off(trouble, context)
        try:
            reply = self._done(trouble, context, do, refused)
        except ValueError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        if trouble.kind is TroubleKind.SILENT_BUT_DONE:
            _break_off(trouble, context)
        return reply

    def _done(
        self,
        trouble: Trouble,
        context: grpc.ServicerContext,
        do: Callable[[], _Reply],
        refused: Callable[[str], _Reply] | None,
    ) -> _Reply:
        try:
            if trouble.kind is TroubleKind.REFUSE:
                raise PartyRefused(trouble.reason)
            return do()
        except (IssuerRefused, OperatorRefused, PartyRefused) as no:
            if refused is None:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, no.reason)
            return refused(no.reason)


def word(text: str) -> str:
    """That text. Raises `ValueError` for one that is empty, too long or not printable."""
    if not 0 < len(text) <= MAX_WORD or not text.isprintable():
        raise ValueError(f"a word of 1 to {MAX_WORD} characters is wanted")
    return text


def _break_off(trouble: Trouble, context: grpc.ServicerContext) -> NoReturn:
    failed = trouble.kind is TroubleKind.FAIL
    context.abort(grpc.StatusCode.INTERNAL if failed else grpc.StatusCode.UNAVAILABLE, "trouble was asked for")
    raise AssertionError("abort never returns")
