"""Figures of a campaign count only together with the code that they were measured on."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kills.figures import MEASURES as KILLS
from tests.simulation.figures import MEASURES as SIMULATION
from tests.support.campaigns import code_in_force, files_of

PRODUCT = ("kiosk", "hardware", "printers", "certserver", "proto")
LOADED = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*(each.__file__ for each in list(sys.modules.values()) if getattr(each, "__file__", None)), sep="\\n")
"""


@pytest.mark.parametrize(
    ("campaign", "measures"), [("tests.simulation.__main__", SIMULATION), ("tests.kills.__main__", KILLS)]
)
def test_no_campaign_stands_on_a_part_of_the_product_that_its_figures_do_not_name(
    campaign: str, measures: Sequence[str], root: Path
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED, campaign], cwd=root, capture_output=True, text=True, check=True
    )
    loaded = {Path(each) for each in told.stdout.split("\n") if each}
    stood_on = {each for each in loaded for part in PRODUCT if each.is_relative_to(root / part)}
    assert len(stood_on) > 100
    assert stood_on <= files_of(measures)


def test_what_is_taken_out_can_be_put_in_again_one_by_one() -> None:
    every, none = files_of(["tests/house/*.py"]), files_of(["tests/house/*.py", "!tests/house/*.py"])
    assert Path(__file__) in every
    assert not none
    assert files_of(["tests/house/*.py", "!tests/house/*.py", "tests/house/test_campaigns.py"]) == {Path(__file__)}
    assert code_in_force(["tests/house/*.py", "!tests/house/test_*.py"]) != code_in_force(["tests/house/*.py"])
