"""What is around the kiosk of the bench: cabinet, sensors, sound, its server, its power."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer

from hardware.sensors.model import Power
from hardware.voice.virtual import VirtualVoice
from kiosk.composition.bench_switch import Switches
from kiosk.composition.demo_things import Things
from kiosk.screens.bench import BenchControl, BenchGroup

STANDS_STILL_MS, GOES_ON_MS = 2_500, 250


class Far(Protocol):
    """A server that can be made to stand still."""

    def pause(self) -> None:
        """It is away."""
        ...

    def resume(self) -> None:
        """It is back."""
        ...


class SlowServer:
    """A server that stands still most of the time."""

    def __init__(self, server: Far) -> None:
        self._server = server
        self._still = False
        self._turn = QTimer()
        self._turn.timeout.connect(self._turned)

    def begin(self) -> None:
        """From now on."""
        self._turned()

    def end(self) -> None:
        """As fast as it goes."""
        self._turn.stop()
        self._still = False
        self._server.resume()

    def _turned(self) -> None:
        self._still = not self._still
        (self._server.pause if self._still else self._server.resume)()
        self._turn.start(STANDS_STILL_MS if self._still else GOES_ON_MS)


def around_group(things: Things, switches: Switches) -> BenchGroup:
    """Cabinet, power supply, sensors, and what is plugged in for the ear."""
    around, headphones, voice = things.around, things.headphones, things.voice
    heard: tuple[BenchControl, ...] = ()
    if isinstance(voice, VirtualVoice):
        heard = (switches.switch("bench-voice", "音が出ない", voice.unplug, voice.plug),)
    battery = partial(around.run_on, Power.BATTERY)
    return BenchGroup(
        "まわり  Around",
        (
            switches.switch("bench-door", "扉を開ける", around.open_door, around.shut_door),
            switches.switch("bench-battery", "電池で動く", battery, partial(around.run_on, Power.MAINS)),
            switches.switch("bench-battery-low", "電池が少ない", partial(around.run_on, Power.LOW), battery),
            switches.switch("bench-sensors", "センサーが黙る", around.fall_silent, around.speak_again),
            switches.switch("bench-headphones", "イヤホンをさす", headphones.plug, headphones.unplug, fault=False),
            *heard,
        ),
    )


def server_group(
    server: Far, slow: SlowServer, switches: Switches, cut: Callable[[], None] | None, finish: Callable[[], None]
) -> BenchGroup:
    """The server, the kiosk's power where it can be `cut`, and the end."""
    power = () if cut is None else (BenchControl("bench-power", "停電させる", cut, fault=True),)
    return BenchGroup(
        "サーバー・電源  Server, power",
        (
            switches.switch("bench-server", "応答しない", server.pause, server.resume),
            switches.switch("bench-server-slow", "とても遅い", slow.begin, slow.end),
            *power,
            BenchControl("bench-finish", "実演を終わる", finish),
        ),
    )
