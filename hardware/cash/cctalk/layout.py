"""What hangs at which address of one bus, and how it wants to be spoken to: from the address in the settings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

USUAL_HOPPERS: Mapping[int, int] = MappingProxyType({3: 10, 4: 50, 5: 100, 6: 500})
"""Yen of the hopper at each address."""

LOWEST_ADDRESS, HIGHEST_ADDRESS = 2, 255
"""Of a peripheral: 0 is everybody, 1 the host."""


class Proof(Enum):
    """What a hopper wants to see before it pays: its own serial number, or eight bytes that it does not look at.
    Hoppers that want a cipher are not served: its algorithm is not public."""

    SERIAL = "serial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Layout:
    """One bus. `crc` are the addresses that speak with a CRC. `refills`: the sorter path on which the coin acceptor
    puts coins into the hopper of their denomination; None where all coins go into the box."""

    port: str
    coins: int = 2
    notes: int = 40
    hoppers: Mapping[int, int] = field(default_factory=lambda: USUAL_HOPPERS)
    crc: frozenset[int] = frozenset({40})
    proof: Proof = Proof.SERIAL
    refills: int | None = None


class NoLayout(ValueError):
    """The address can't be one. Says what is wrong."""


def parse(address: str) -> Layout:
    """From `cctalk:/dev/ttyUSB0?coins=2&notes=40&hoppers=3:10,4:50,5:100,6:500&crc=40&proof=serial&refills=1`, of which
    all after the port may be left out. Raises `NoLayout`."""
    parts = urlsplit(address)
    if parts.scheme != "cctalk" or not parts.path.startswith("/"):
        raise NoLayout("write cctalk:/dev/…")
    given = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if unknown := given.keys() - {"coins", "notes", "hoppers", "crc", "proof", "refills"}:
        raise NoLayout(f"there is no {', '.join(sorted(unknown))}")
    try:
        layout = Layout(
            parts.path,
            coins=_address(given.get("coins", "2")),
            notes=_address(given.get("notes", "40")),
            hoppers=_hoppers(given["hoppers"]) if "hoppers" in given else USUAL_HOPPERS,
            crc=frozenset(_address(each) for each in given.get("crc", "40").split(",") if each),
            proof=Proof(given.get("proof", Proof.SERIAL.value)),
            refills=_number(given["refills"], 1) if "refills" in given else None,
        )
    except ValueError as wrong:
        raise NoLayout(str(wrong)) from wrong
    addresses = [layout.coins, layout.notes, *layout.hoppers]
    if len(set(addresses)) != len(addresses):
        raise NoLayout("two peripherals at one address")
    if len(set(layout.hoppers.values())) != len(layout.hoppers):
        raise NoLayout("one hopper a denomination")
    return layout


def _hoppers(text: str) -> Mapping[int, int]:
    pairs = [each.partition(":") for each in text.split(",")]
    hoppers = {_address(address): int(yen) for address, _, yen in pairs}
    if len(hoppers) != len(pairs) or not all(yen in (1, 5, 10, 50, 100, 500) for yen in hoppers.values()):
        raise ValueError("write hoppers=ADDRESS:YEN,…, each address once")
    return MappingProxyType(hoppers)


def _address(text: str) -> int:
    return _number(text, LOWEST_ADDRESS)


def _number(text: str, least: int) -> int:
    number = int(text) if text.isdecimal() else 0
    if not least <= number <= HIGHEST_ADDRESS:
        raise ValueError(f"{text or 'nothing'} is no number from {least} to {HIGHEST_ADDRESS}")
    return number
