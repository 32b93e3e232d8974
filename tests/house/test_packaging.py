"""What is installed beside the programs fits them: units, udev rules, and the commands that operating guides name."""

import importlib
import re
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from printers.cups.conf import faults_of_times, spool_folders
from printers.cups.daemon import configuration_of

INSTALLED = "/opt/koufu"
UNITS = ("koufu-console.service", "koufu-kiosk.service", "koufu-server.service")
CUPS_UNIT = "koufu-cups.service"
GUIDES = ("server.md", "kiosk.md")
RULE = re.compile(r'[A-Z]+(\{[A-Za-z_]+\})?(==|!=|=|\+=|:=)"[^"]*"')
COMMAND = re.compile(r"`[^`\n]*?\b(koufu-[a-z]+)((?: [a-z][a-z-]*)+)")


class Unit(ConfigParser):
    """A unit file: its names keep their capitals, and a later line of a name stands for all of them."""

    def __init__(self) -> None:
        super().__init__(interpolation=None, strict=False)

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(root: Path, name: str) -> Unit:
    parser = Unit()
    parser.read(root / "packaging/systemd" / name)
    return parser


def scripts(root: Path) -> dict[str, str]:
    return dict(tomllib.loads((root / "pyproject.toml").read_text())["project"]["scripts"])


def help_of(root: Path, script: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a program says of this command; it has to know it."""
    module, _, function = scripts(root)[script].partition(":")
    with pytest.raises(SystemExit) as ended:
        getattr(importlib.import_module(module), function)([*words, "--help"])
    assert ended.value.code == 0, (script, words)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_program_that_is_there_with_options_it_knows(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = unit(root, name)["Service"]["ExecStart"].split()
    at = next(at for at, word in enumerate(words) if word.startswith(f"{INSTALLED}/.venv/bin/"))
    script, command, options = Path(words[at]).name, words[at + 1], words[at + 2 :]
    told = help_of(root, script, [command], capsys)
    assert {option for option in options if option.startswith("--")} <= set(re.findall(r"--[a-z-]+", told))


@pytest.mark.parametrize("name", [*UNITS, CUPS_UNIT])
def test_a_unit_names_a_guide_that_is_there(name: str, root: Path) -> None:
    guide = unit(root, name)["Unit"]["Documentation"].removeprefix(f"file://{INSTALLED}/")
    assert (root / guide).is_file()


@pytest.mark.parametrize("name", [*UNITS, CUPS_UNIT])
def test_i11_no_unit_leaves_documents_in_core_files(name: str, root: Path) -> None:
    assert unit(root, name)["Service"]["LimitCORE"] == "0"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
@pytest.mark.parametrize("name", [*UNITS, CUPS_UNIT])
def test_systemd_finds_nothing_wrong(name: str, root: Path, tmp_path: Path) -> None:
    text = (root / "packaging/systemd" / name).read_text()
    installed = tmp_path / name
    installed.write_text(re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run(["systemd-analyze", "verify", str(installed)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_i11_the_shipped_cupsd_keeps_documents_in_memory_alone(root: Path) -> None:
    service = unit(root, CUPS_UNIT)["Service"]
    written = (root / "packaging/systemd" / CUPS_UNIT).read_text()
    memory = re.findall(r"^TemporaryFileSystem=(.+?):", written, re.MULTILINE)
    conf, files = configuration_of(service["ExecStart"].split()[1:])
    assert {conf.parent, files.parent} == {Path("/etc/cups/koufu")}
    folders, faults = spool_folders((root / "packaging/cups" / files.name).read_text())
    assert faults + faults_of_times((root / "packaging/cups" / conf.name).read_text()) == []
    # Each must be there when cupsd starts, or it does not.
    assert sorted(folders) == sorted(memory)
    assert service["MemorySwapMax"] == "0"


def test_the_machine_s_setting_up_installs_cups_for_those_alone_who_ask_for_it(root: Path) -> None:
    setup = (root / "packaging/setup/setup.sh").read_text()
    choosing = setup[setup.index("wanted=()") : setup.index("# One question")]
    told = {}
    for words in ("kiosk", "kiosk cups", "dev"):
        what = words.partition(" ")[0]
        script = (
            f'set -euo pipefail; set -- {words}; what={what}; parts=" every {words} "; {choosing} echo "${{wanted[@]}}"'
        )
        done = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, check=True)
        told[words] = "cups-daemon" in done.stdout.split()
    assert told == {"kiosk": False, "kiosk cups": True, "dev": True}


def test_udev_rules_are_lists_of_matches_and_assignments(root: Path) -> None:
    for file in (root / "packaging/udev").iterdir():
        for line in file.read_text().splitlines():
            if line and not line.startswith("#"):
                parts = line.split(", ")
                assert [part for part in parts if not RULE.fullmatch(part)] == [], file.name


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_a_guide_is_there(guide: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = [
        (script, words.split())
        for script, words in COMMAND.findall((root / "docs/operating" / guide).read_text())
        if script in scripts(root)
    ]
    assert named
    for script, words in named:
        help_of(root, script, words, capsys)
