"""The raw PC/SC functions without a daemon: steered by a script, counting every context as the real daemon does. It
stands for a foreign library, never for code of ours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hardware.card.virtual.card import VirtualCard
from hardware.card.winscard import (
    ACCESS_DENIED,
    CANCELLED,
    INVALID_HANDLE,
    INVALID_VALUE,
    NO_SERVICE,
    NO_SMARTCARD,
    READER_NEWS,
    REMOVED_CARD,
    SHARING_VIOLATION,
    STATE_CHANGED,
    STATE_EMPTY,
    STATE_FLAGS,
    STATE_PRESENT,
    STATE_UNKNOWN,
    SUCCESS,
    TIMEOUT,
    UNKNOWN_READER,
    CardHandle,
)

MOST_CONTEXTS = 200
"""As many as the real daemon gives one user."""

Step = Callable[[], None]


class FakeWinscard:
    """A daemon with named readers, a card in the first. While nothing is new, the next step of the script runs."""

    def __init__(self, steps: Iterator[Step] | None = None) -> None:
        self.steps = steps or iter(())
        self.names: tuple[str, ...] = ("Reader A", "Reader B")
        self.up = True
        self.news_supported = True
        self.contexts: set[int] = set()
        self.most_contexts = 0
        self.handles: dict[int, int] = {}
        self.transmit_result = SUCCESS
        self.during_transmit: Step = _pass
        self.card: VirtualCard | None = None
        self.moves = 0
        self._numbers = iter(range(1, 1_000_000))
        self._generation = 0
        self._cancelled: set[int] = set()

    # --- steering

    def insert(self, card: VirtualCard) -> None:
        self.card = card
        self.moves += 1

    def pull(self) -> None:
        self.card = None
        self.moves += 1

    def swap(self, card: VirtualCard) -> None:
        """Another card, before anybody looked."""
        self.pull()
        self.insert(card)

    def die(self) -> None:
        self.up = False
        self._generation += 1

    def come_back(self) -> None:
        self.up = True
        self.moves = 0

    # --- Winscard

    def establish(self) -> tuple[int, int]:
        if not self.up:
            return NO_SERVICE, 0
        if len(self.contexts) >= MOST_CONTEXTS:
            return ACCESS_DENIED, 0
        context = next(self._numbers) * 1000 + self._generation
        self.contexts.add(context)
        self.most_contexts = max(self.most_contexts, len(self.contexts))
        return SUCCESS, context

    def release(self, context: int) -> int:
        if context not in self.contexts:
            return INVALID_HANDLE
        self.contexts.discard(context)
        return SUCCESS if self._good(context) else NO_SERVICE

    def readers(self, context: int) -> tuple[int, tuple[str, ...]]:
        return (SUCCESS, self.names) if self._good(context) else (NO_SERVICE, ())

    def status_change(self, context: int, reader: str, known: int, wait_ms: int) -> tuple[int, int]:
        for look in range(2):
            if not self._good(context):
                return NO_SERVICE, 0
            if context in self._cancelled:
                self._cancelled.discard(context)
                return CANCELLED, 0
            if reader == READER_NEWS:
                if not self.news_supported:
                    return UNKNOWN_READER, 0
            else:
                state = self._state(reader)
                if state & STATE_UNKNOWN or state != known & ~STATE_CHANGED:
                    return SUCCESS, state | STATE_CHANGED
            if look == 0:
                next(self.steps, _nothing)()
        return TIMEOUT, 0

    def cancel(self, context: int) -> int:
        self._cancelled.add(context)
        return SUCCESS

    def connect(self, context: int, reader: str) -> tuple[int, CardHandle]:
        none = CardHandle(0, 0)
        if not self._good(context):
            return NO_SERVICE, none
        if reader not in self.names:
            return UNKNOWN_READER, none
        if self.card is None or reader != self.names[0]:
            return NO_SMARTCARD, none
        if self.moves in self.handles.values():
            return SHARING_VIOLATION, none
        number = next(self._numbers)
        self.handles[number] = self.moves
        self.card.reset()
        return SUCCESS, CardHandle(number, 2)

    def transmit(self, card: CardHandle, apdu: bytes | bytearray) -> tuple[int, bytes]:
        self.during_transmit()
        if not self.up:
            return NO_SERVICE, b""
        if self.card is None or self.handles.get(card.number) != self.moves:
            return REMOVED_CARD, b""
        if self.transmit_result != SUCCESS:
            return self.transmit_result, b""
        return SUCCESS, self.card.answer(bytes(apdu))

    def disconnect(self, card: CardHandle, *, reset: bool) -> int:
        if self.handles.pop(card.number, None) is None:
            return INVALID_VALUE
        if self.card is not None and reset:
            self.card.reset()
        return SUCCESS

    def _good(self, context: int) -> bool:
        return self.up and context in self.contexts and context % 1000 == self._generation

    def _state(self, reader: str) -> int:
        if reader not in self.names:
            return STATE_UNKNOWN
        if reader != self.names[0]:
            return STATE_EMPTY
        flag = STATE_PRESENT if self.card is not None else STATE_EMPTY
        return flag | (self.moves << 16 & ~STATE_FLAGS)


def _nothing() -> None:
    raise AssertionError("the script ended, and the watch goes on")


@dataclass(slots=True)
class StepClock:
    """Time that passes only when somebody waits for it; each wait may run a step of the script."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)
    steps: dict[int, Step] = field(default_factory=dict)
    """What happens in the wait of that number, counted from 0."""

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)
        self.steps.get(len(self.waits) - 1, _pass)()


def _pass() -> None:
    return


@dataclass(slots=True)
class InlineSpawn:
    """Runs what is spawned at once, except what it was told to hold: that has not ended until it is released."""

    hold: set[str] = field(default_factory=set)
    held: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def __call__(self, name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        ended = [False]

        def go() -> None:
            run()
            ended[0] = True

        if name in self.hold:
            self.held.append((name, go))
        else:
            go()

        def within(seconds: float) -> bool:
            if not ended[0]:
                self.waited.append(seconds)
            return ended[0]

        return within

    def release(self) -> None:
        """Lets everything that was held run."""
        held, self.held = self.held, []
        for _, go in held:
            go()
