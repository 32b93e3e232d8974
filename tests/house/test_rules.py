"""House rules that no linter knows."""

import ast
import subprocess
from pathlib import Path

import pytest

PACKAGES = ("hardware", "printers", "certserver", "kiosk", "proto/koufu/evidence")
LONGEST = 400


def _modules(root: Path) -> list[Path]:
    return [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]


def test_every_module_says_what_it_is_for(root: Path) -> None:
    bare = [
        str(path.relative_to(root)) for path in _modules(root) if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not bare


def test_no_module_is_longer_than_a_reader_holds(root: Path) -> None:
    # A migration is written once and only read as history.
    read = [path for path in _modules(root) if "migrations" not in path.parts]
    long = {str(p.relative_to(root)): n for p in read if (n := len(p.read_text().splitlines())) > LONGEST}
    assert not long


@pytest.mark.parametrize(
    ("package", "only_in"),
    [
        ("smartcard", "hardware/card/pcsc.py"),
        ("escpos", "printers/escpos/"),
        ("PySide6", "kiosk/screens/"),
    ],
)
def test_a_device_library_is_known_in_one_place(package: str, only_in: str, root: Path) -> None:
    found = set()
    for path in _modules(root):
        name = str(path.relative_to(root))
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(imported.split(".")[0] == package for imported in names):
                found.add(name)
    allowed = {
        name
        for name in found
        if name.startswith(only_in) or (name.startswith("kiosk/composition/") and package == "PySide6")
    }
    assert found
    assert found == allowed
    if package != "PySide6":
        assert len(found) == 1


def test_neither_root_nor_packaging_is_a_package(root: Path) -> None:
    assert not (root / "__init__.py").exists()
    assert not list((root / "packaging").rglob("__init__.py"))


def test_nothing_generated_or_secret_is_tracked(root: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in tracked if name.endswith((".pem", ".key", ".pyc", ".sqlite3", ".db"))]
