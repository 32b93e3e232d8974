"""From `printer = "cups:QUEUE"` to the driver, and what `koufu-kiosk queue` tells of it."""

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.composition.devices import open_devices
from kiosk.errors import ConfigurationError
from printers.cups.printer import CupsPagePrinter
from printers.model import PrinterProblem
from tests.kiosk.composition.test_devices import settings


@pytest.mark.parametrize("printer", ["cups:", "cups://host/queue", "cups:a/b", "cups:q?socket=cups.sock", "cups:a b"])
def test_a_name_that_can_t_be_a_queue_s_is_told(printer: str) -> None:
    with pytest.raises(ConfigurationError, match="cups:QUEUE"):
        open_devices(settings(printer=printer))


def test_a_terminal_starts_before_its_queue_is_there(tmp_path: Path) -> None:
    pages = open_devices(settings(printer=f"cups:kiosk?socket={tmp_path}/cups.sock")).pages
    assert isinstance(pages, CupsPagePrinter)
    assert pages.status().problems == {PrinterProblem.QUEUE}


def _written(folder: Path, printer: str) -> Path:
    named = settings(printer=printer).model_dump(mode="json", exclude_defaults=True)
    file = folder / "kiosk.toml"
    file.write_text("\n".join(f'{name} = "{value}"' for name, value in named.items()))
    return file


def test_the_command_tells_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _written(tmp_path, f"cups:kiosk?socket={tmp_path}/cups.sock")
    assert main(["queue", "--settings", str(file)]) == 0
    told = capsys.readouterr().out
    assert told == f"cups-away: nothing answers at CUPS' socket {tmp_path}/cups.sock: start koufu-cups.service\n"


def test_the_command_is_for_queues_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", "--settings", str(_written(tmp_path, "virtual:"))]) == 2
    assert "cups:QUEUE" in capsys.readouterr().err
