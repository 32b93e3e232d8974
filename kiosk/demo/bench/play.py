"""`koufu-kiosk --virtual`: a kiosk of virtual devices with a bench beside it, played by hand or, with `--scenario`,
from a file. The kiosk is a program of its own: when its power is cut it is gone at once, and started again."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.demo.bench.scenario import read_scenario
from kiosk.demo.stage.processes import Running, running_server
from kiosk.demo.stage.site import DemoSite, make_site
from kiosk.demo.stage.tray import clear
from kiosk.errors import ConfigurationError
from kiosk.screens.application import has_display

POWER_WAS_CUT = -signal.SIGKILL


def virtual(out: Path, scenario: Path | None, say: Callable[[str], None]) -> int:
    """Plays it, saying how it goes; returns 0 when it came to its end."""
    if scenario is None and not has_display():
        raise ConfigurationError("there is no display: name a scenario to be played (--scenario FILE)")
    if scenario is not None:
        read_scenario(scenario)
    clear(out)
    say("making a fictional municipality with 2,000 residents …")
    site = make_site(out / "site")
    with running_server(site.home, site.folder / "server.log", workers=1) as server:
        status = run_kiosk(site, server, out, scenario, say)
    say(f"Everything is in {out}.")
    return status


def run_kiosk(site: DemoSite, server: Running, out: Path, scenario: Path | None, say: Callable[[str], None]) -> int:
    """The kiosk, started again whenever its power was cut; returns its exit status."""
    while (status := kiosk_until_cut(site, server, out, scenario)) == POWER_WAS_CUT:
        say("the power was cut; the kiosk starts again")
    return status


def kiosk_until_cut(site: DemoSite, server: Running, out: Path, scenario: Path | None) -> int:
    """The kiosk until it ends, or its power is cut (`POWER_WAS_CUT`); returns its exit status."""
    typed = ["kiosk.demo.bench.kiosk", str(site.folder), str(server.port), str(server.pid), str(out)]
    typed += [] if scenario is None else [str(scenario)]
    done = subprocess.run([sys.executable, "-m", *typed], check=False)
    # A server that the bench made stand still goes on: nobody else could tell it to.
    server.resume()
    return done.returncode
