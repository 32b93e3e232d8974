"""What is around the kiosk of the bench: cabinet, sensors, sound, its server, its power."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from hardware.sensors.model import Power
from hardware.voice.virtual import VirtualVoice
from kiosk.demo.bench.switch import Switches
from kiosk.demo.stage.things import Things
from kiosk.screens.bench import BenchControl, BenchGroup

BATTERY, BATTERY_LOW = "bench-battery", "bench-battery-low"
AWAY, SLOW = "bench-server", "bench-server-slow"

STANDS_STILL_MS, GOES_ON_MS = 2_500, 250


class Far(Protocol):
    """A server that can be made to stand still."""

    def pause(self) -> None:
        """It is away."""
        ...

    def resume(self) -> None:
        """It is back."""
        ...


class SteeredServer:
    """A server that goes on, stands still, or stands still most of the time: so many milliseconds and so many not."""

    def __init__(self, server: Far, stands_still_ms: int = STANDS_STILL_MS, goes_on_ms: int = GOES_ON_MS) -> None:
        self._server = server
        self._stands_still_ms, self._goes_on_ms = stands_still_ms, goes_on_ms
        self._still = False
        self._turn = QTimer()
        self._turn.timeout.connect(self._turned)

    def settle(self, on: frozenset[str]) -> None:
        """As the switches that are on want it: one that does not answer is not slow."""
        self._turn.stop()
        self._stand(still=AWAY in on or SLOW in on)
        if self._still and AWAY not in on:
            self._turn.start(self._stands_still_ms)

    def _turned(self) -> None:
        self._stand(still=not self._still)
        self._turn.start(self._stands_still_ms if self._still else self._goes_on_ms)

    def _stand(self, *, still: bool) -> None:
        if still is not self._still:
            self._still = still
            (self._server.pause if still else self._server.resume)()


def around_group(things: Things, switches: Switches) -> BenchGroup:
    """Cabinet, power supply, sensors, and what is plugged in for the ear."""
    around, headphones, voice = things.around, things.headphones, things.voice
    heard: tuple[BenchControl, ...] = ()
    if isinstance(voice, VirtualVoice):
        heard = (switches.switch("bench-voice", "音が出ない", voice.unplug, voice.plug),)

    def power(on: frozenset[str]) -> None:
        around.run_on(Power.LOW if BATTERY_LOW in on else Power.BATTERY if BATTERY in on else Power.MAINS)

    return BenchGroup(
        "まわり  Around",
        (
            switches.switch("bench-door", "扉を開ける", around.open_door, around.shut_door),
            switches.one_of(BATTERY, "電池で動く", power),
            switches.one_of(BATTERY_LOW, "電池が少ない", power),
            switches.switch("bench-sensors", "センサーが黙る", around.fall_silent, around.speak_again),
            switches.switch("bench-headphones", "イヤホンをさす", headphones.plug, headphones.unplug, fault=False),
            *heard,
        ),
    )


def server_group(
    server: SteeredServer, switches: Switches, cut: Callable[[], None] | None, finish: Callable[[], None]
) -> BenchGroup:
    """The server, the kiosk's power where it can be `cut`, and the end."""
    power = () if cut is None else (BenchControl("bench-power", "停電させる", cut, fault=True),)
    return BenchGroup(
        "サーバー・電源  Server, power",
        (
            switches.one_of(AWAY, "応答しない", server.settle),
            switches.one_of(SLOW, "とても遅い", server.settle),
            *power,
            BenchControl("bench-finish", "実演を終わる", finish),
        ),
    )
