"""The short version of `make kills`: one instant of each program that can be killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kills.plans import short


@pytest.mark.timeout(900)
def test_i7_whatever_program_is_killed_money_paper_and_ledger_add_up(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", "--short", "--out", os.fspath(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert [row["victim"] for row in rows if row["struck"]] == [each.victim.value for each in short()]
    assert any(row["delivered"] for row in rows)
