"""A scenario: what a person does at the kiosk and its bench, read from a TOML file. Each step waits for what the screen
shows, never for time."""

import tomllib
from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.walk import turn_to
from kiosk.errors import ConfigurationError
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene
from kiosk.screens.bench import Bench, press
from kiosk.screens.fingers import NoSuchControl
from kiosk.screens.presenter import name_of
from kiosk.screens.window import KioskWindow

SCREENS: dict[str, type[Any]] = {name_of(kind): kind for kind in get_args(scenes.Scene)}
"""Every screen there is, by its name in a scenario."""

_BENCH = "bench-"


class Step(BaseModel):
    """`see` is the screen that is waited for, `having` what its scene holds: a word, a number, or whether there is
    anything; a dot leads further in (`"report.kind"`). `key` must be there too. Then a picture is taken where
    `screenshot` names one, the controls of `bench` are pressed and the keys of `touch` are touched, in this order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    see: str
    having: dict[str, bool | int | str] = Field(default_factory=dict)
    key: str = ""
    screenshot: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    bench: tuple[str, ...] = ()
    touch: tuple[str, ...] = ()


class Scenario(BaseModel):
    """The steps, each under `[[step]]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step: tuple[Step, ...] = Field(min_length=1)


def read_scenario(file: Path) -> Scenario:
    """The scenario of a file. Raises `ConfigurationError` that says what is wrong with it."""
    try:
        scenario = Scenario.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{file} is no scenario: {error}") from error
    for number, step in enumerate(scenario.step, start=1):
        if step.see not in SCREENS:
            raise ConfigurationError(f"{file}, step {number}: there is no screen {step.see}")
        known = {field.name for field in fields(SCREENS[step.see])}
        for name in step.having:
            if name.partition(".")[0] not in known:
                raise ConfigurationError(f"{file}, step {number}: the screen {step.see} has no {name}")
    return scenario


def deeds(
    scenario: Scenario, window: KioskWindow, bench: Bench, pictures: Path, done: Callable[[int], None]
) -> list[ResidentDeed]:
    """The scenario for a scripted person. `done` is told how many steps are done before the bench is pressed in the
    last of them: it may cut the power."""

    def deed(number: int, step: Step) -> ResidentDeed:
        def do() -> None:
            if step.screenshot:
                window.picture(pictures / f"{number:02d}-{step.screenshot}.png")
            done(number)
            for name in step.bench:
                if not press(bench, _BENCH + name):
                    raise NoSuchControl(f"{name} of the bench")
            for name in step.touch:
                window.settle()
                turn_to(window, name)
                window.touch(name)

        return Deed(f"step {number}", lambda scene: _is_seen(step, scene, window), do, pictured=False)

    return [deed(number, step) for number, step in enumerate(scenario.step, start=1)]


def _is_seen(step: Step, scene: Scene, window: KioskWindow) -> bool:
    if not isinstance(scene, SCREENS[step.see]):
        return False
    if not all(_holds(scene, path, wanted) for path, wanted in step.having.items()):
        return False
    return not step.key or step.key in window.controls()


def _holds(scene: Scene, path: str, wanted: bool | int | str) -> bool:
    found: object = scene
    for name in path.split("."):
        found = getattr(found, name, None)
    if isinstance(found, Enum):
        found = found.value
    return bool(found) is wanted if isinstance(wanted, bool) else found == wanted
