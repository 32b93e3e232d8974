"""How often one address may ask: a few times at once, then at a steady pace, and whoever goes on is told to come back
later, each time much later. It remembers addresses in memory only, and no more than so many."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class _Asker:
    left: float
    at: float
    shut_until: float = 0.0
    times_shut: int = 0


class Pace:
    """At most `burst` at once, one more every `every_s`; then shut for `shut_s`, doubled each time up to `longest_s`.
    `elapsed` gives seconds that never run back. Threads that share one are kept apart by its `lock`."""

    def __init__(
        self,
        elapsed: Callable[[], float],
        *,
        burst: int,
        every_s: float,
        shut_s: float = 10.0,
        longest_s: float = 900.0,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._elapsed = elapsed
        self._lock = nullcontext() if lock is None else lock
        self._burst, self._every_s = burst, every_s
        self._shut_s, self._longest_s = shut_s, longest_s
        self._askers: OrderedDict[str, _Asker] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until this address may ask again; 0 when it may now, and that counts."""
        with self._lock:
            return self._wait(address)

    def _wait(self, address: str) -> float:
        now = self._elapsed()
        asker = self._asker(_network(address), now)
        if now < asker.shut_until:
            return asker.shut_until - now
        asker.left = min(self._burst, asker.left + (now - asker.at) / self._every_s)
        asker.at = now
        if asker.left >= 1:
            asker.left -= 1
            if now - asker.shut_until > self._longest_s:
                asker.times_shut = 0
            return 0.0
        shut = min(self._shut_s * 2.0**asker.times_shut, self._longest_s)
        asker.times_shut = min(asker.times_shut + 1, 16)
        asker.shut_until = now + shut
        return shut

    def _asker(self, network: str, now: float) -> _Asker:
        asker = self._askers.get(network)
        if asker is None:
            asker = self._askers[network] = _Asker(self._burst, now)
            if len(self._askers) > MOST_ADDRESSES:
                self._askers.popitem(last=False)
        self._askers.move_to_end(network)
        return asker


def _network(address: str) -> str:
    """Who has one address of IPv6 has all of its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(int(parsed) >> 64)
    return str(parsed)
