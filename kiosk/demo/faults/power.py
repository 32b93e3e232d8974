"""The power is cut after the payment, while the first sheet is printed: `kill -9` of the kiosk, and started again it
gives back what it held and says so."""

from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from kiosk.demo.bench.play import POWER_WAS_CUT, kiosk_until_cut
from kiosk.demo.faults.stage import Count, FaultStage, ends_with
from kiosk.demo.playing.act import Act
from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.script import is_a
from kiosk.demo.stage.machine_left import put_back, write_down
from kiosk.errors import ConfigurationError
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene

SCENARIO = Path(str(resources.files("kiosk.demo.bench.scenarios").joinpath("power-cut.toml")))
"""What that kiosk lives through; played alone it goes on to the end."""


def cut_off(stage: FaultStage) -> Sequence[ResidentDeed]:
    """Another process is the kiosk until its power is cut; this one is what starts when the power is back."""

    def leave() -> None:
        stage.things.take_everything()
        stage.touch("primary")()

    return (
        Deed(
            "start",
            is_a(scenes.Start),
            lambda: stage.machine.power_fails(lambda: _lived_through(stage)),
            pictured=False,
        ),
        stage.told("power-cut", _restarted, leave),
        stage.over(),
    )


def _lived_through(stage: FaultStage) -> None:
    """Everything up to the cut. Raises `ConfigurationError` with what that kiosk said when it was not killed."""
    folder = stage.site.folder
    write_down(folder, stage.things)
    out = stage.pictures.parents[1] / "before-the-power-cut"
    if kiosk_until_cut(stage.site, stage.server, out, SCENARIO) != POWER_WAS_CUT:
        raise ConfigurationError("the kiosk was not killed")
    put_back(folder, stage.things)


def _restarted(scene: Scene) -> bool:
    return isinstance(scene, scenes.Fault) and scene.report.restarted


POWER_CUT = Act(
    "power-cut", cut_off, ends_with(Count(outcomes=Counter({"spoiled": 1, "not-printed": 1})), papers=0, slips=0)
)
