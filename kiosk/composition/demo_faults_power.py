"""The power is cut after the payment, while the first sheet is printed: `kill -9` of the kiosk, and started again it
gives back what it held and says so."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

from kiosk.composition.demo_act import Act
from kiosk.composition.demo_faults_stage import Count, FaultStage, ends_with
from kiosk.composition.demo_script import is_a
from kiosk.composition.machine_left import put_back, write_down
from kiosk.composition.scripted import Deed, ResidentDeed
from kiosk.errors import ConfigurationError
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene


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
    pictures = stage.pictures.with_name("before-the-power-cut")
    typed = ("kiosk.composition.demo_faults_cut", str(folder), str(stage.server.port), str(pictures))
    done = subprocess.run([sys.executable, "-m", *typed], stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != -signal.SIGKILL:
        raise ConfigurationError(f"the kiosk was not killed: {done.stderr.strip()}")
    put_back(folder, stage.things)


def _restarted(scene: Scene) -> bool:
    return isinstance(scene, scenes.Fault) and scene.report.restarted


POWER_CUT = Act(
    "power-cut", cut_off, ends_with(Count(outcomes=Counter({"spoiled": 1, "not-printed": 1})), papers=0, slips=0)
)
