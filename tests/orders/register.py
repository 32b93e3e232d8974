"""The register as its own changes leave it: a state and the steps from one to the next. Pure. Whoever changes it notes
each step; whoever judges takes the same steps where the audit log says that they came into force."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

_FLAGS = ("gone", "leaving", "measures", "cancelled")


@dataclass(frozen=True, slots=True)
class Home:
    """What the core system delivered last of a household. Its entries all follow from `revision`; the rest names
    persons by their place: who moved out, is going to, has a protective measure, whose seal is cancelled."""

    revision: int = 1
    gone: frozenset[int] = frozenset()
    leaving: frozenset[int] = frozenset()
    measures: frozenset[int] = frozenset()
    cancelled: frozenset[int] = frozenset()

    def told(self) -> list[Any]:
        """As JSON takes it."""
        return [self.revision, *(sorted(getattr(self, name)) for name in _FLAGS)]

    @classmethod
    def read(cls, told: list[Any]) -> "Home":
        """What `told` gave."""
        revision, *flags = told
        return cls(revision, *map(frozenset, flags))


@dataclass(frozen=True, slots=True)
class Step:
    """One change: `whole` and `changes` deliver households, `hold`, `lift`, `cancel` and `revive` are set by hand for a
    resident, `drop` gives an old snapshot up."""

    do: str
    homes: Mapping[int, Home] = field(default_factory=dict)
    resident: str = ""
    snapshot: int = 0

    def told(self) -> dict[str, Any]:
        """As JSON takes it."""
        homes = {str(house): home.told() for house, home in self.homes.items()}
        return {"do": self.do, "homes": homes, "resident": self.resident, "snapshot": self.snapshot}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Step":
        """What `told` gave."""
        homes = {int(house): Home.read(home) for house, home in told["homes"].items()}
        return cls(told["do"], homes, told["resident"], told["snapshot"])


@dataclass(frozen=True, slots=True)
class Register:
    """What is in force. `held` and `struck` were set by hand: holds on residents, and cancelled seals. `switches`
    counts the whole deliveries, of which each is a snapshot."""

    homes: Mapping[int, Home]
    held: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    switches: int = 0

    def after(self, step: Step) -> "Register":
        """What is in force after a step."""
        match step.do:
            case "whole":
                return replace(self, homes=dict(step.homes), switches=self.switches + 1)
            case "changes":
                return replace(self, homes={**self.homes, **step.homes})
            case "hold":
                return replace(self, held=self.held | {step.resident})
            case "lift":
                return replace(self, held=self.held - {step.resident})
            case "cancel":
                return replace(self, struck=self.struck | {step.resident})
            case "revive":
                return replace(self, struck=self.struck - {step.resident})
        return self

    def told(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "homes": {str(house): home.told() for house, home in self.homes.items()},
            "held": sorted(self.held),
            "struck": sorted(self.struck),
            "switches": self.switches,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Register":
        """What `told` gave."""
        homes = {int(house): Home.read(home) for house, home in told["homes"].items()}
        return cls(homes, frozenset(told["held"]), frozenset(told["struck"]), told["switches"])
