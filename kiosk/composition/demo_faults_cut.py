"""The kiosk whose power is cut, as a program of its own, so that it can be killed as a power cut kills it:
`python -m kiosk.composition.demo_faults_cut SITE PORT PICTURES` orders, pays, and is gone while it prints."""

import sys
from pathlib import Path
from typing import NoReturn

from kiosk.composition.demo_act_tray import ActTray
from kiosk.composition.demo_faults_stage import ERRAND, ordered
from kiosk.composition.demo_script import is_a
from kiosk.composition.demo_settings import site_settings
from kiosk.composition.demo_site import DemoSite
from kiosk.composition.demo_things import demo_devices
from kiosk.composition.demo_walk import paying_steps
from kiosk.composition.machine_left import cut_power, put_back
from kiosk.composition.scripted import Deed, ScriptedPerson, one_after_the_other, scene_words
from kiosk.composition.terminal import put_together
from kiosk.composition.witness import Witness
from kiosk.errors import ConfigurationError
from kiosk.flow import scenes
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT

SECONDS_PER_SIDE = 600.0
"""No sheet is out before the power is."""


def main(site: DemoSite, port: int, pictures: Path) -> NoReturn:
    """Raises `ConfigurationError` when something went otherwise."""
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    devices, things = demo_devices(site, ActTray(), pcsc=False, scripted=True)
    put_back(site.folder, things)
    things.pages.seconds_per_side = SECONDS_PER_SIDE
    program = put_together(site_settings(site, port), devices, SiteRules(), panel=PORTRAIT, still=True)
    program.window.open(full_screen=False)
    steps = (
        *ordered(program.window, things),
        Deed("confirm", is_a(scenes.Confirm), lambda: program.window.touch("primary"), pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), things.take_card, pictured=False),
        *paying_steps(program.window, things, ERRAND),
        Deed("printing", is_a(scenes.Printing), lambda: cut_power(site.folder, things)),
    )
    pictures.mkdir(parents=True)
    waited = one_after_the_other(
        application,
        [ScriptedPerson(Witness.of(program.window, pictures), steps, scene_words)],
        lambda: program.runner.state.scene,
        lambda look_up: program.runner.observe(lambda _: look_up()),
        program.start,
    )
    program.stop()
    raise ConfigurationError(f"the power was not cut: somebody waited for {waited}")


if __name__ == "__main__":
    main(DemoSite(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3]))
