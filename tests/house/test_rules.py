"""House rules that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from kiosk.flow.occasions import Occasion

PACKAGES = (
    "hardware",
    "printers",
    "certserver",
    "kiosk",
    "proto/koufu/evidence",
    "proto/koufu/ground",
    "proto/koufu/photo",
)
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
        ("pkcs11", "certserver/signing/token_store.py"),
        ("serial", "hardware/serial_port.py"),
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
        if name.startswith(only_in) or (name.startswith(("kiosk/composition/", "kiosk/demo/")) and package == "PySide6")
    }
    assert found
    assert found == allowed
    if package != "PySide6":
        assert len(found) == 1


def test_pictures_are_taken_through_opencv_in_one_file(root: Path) -> None:
    taking = [str(path.relative_to(root)) for path in _modules(root) if "VideoCapture" in path.read_text()]
    assert taking == ["hardware/camera/opencv.py"]


def test_neither_root_nor_packaging_is_a_package(root: Path) -> None:
    assert not (root / "__init__.py").exists()
    assert not list((root / "packaging").rglob("__init__.py"))


def test_nothing_generated_or_secret_is_tracked(root: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in tracked if name.endswith((".pem", ".key", ".pyc", ".sqlite3", ".db"))]


NEVER_SHOWN = frozenset(
    {
        *("user_auth_x509", "signing_x509", "resident_id", "household_id", "individual_number", "card_number"),
        *("name_kana", "alias", "alias_kana", "former_surname", "former_surname_kana", "born", "householder"),
        *("koseki_head", "domicile", "relationship", "nationality", "previous_address", "moved_from"),
        *("pin", "attempt_token", "secret", "encrypted_key"),
    }
)
"""Fields whose content stands in no `repr`, because that ends in logs and tracebacks: whose card, who, what opens."""

NEVER_SHOWN_IN = frozenset({"Control.text", "Member.name", "Resident.name", "HouseholdSnapshot.address"})
"""The same for fields that hold such a thing only there."""

OF_NOBODY = frozenset(
    {"MunicipalityProfile.name_kana", "DirectoryEntry.name_kana", "Signatory.name_kana", "Rooms.relationship"}
)
"""Fields of such a name that hold nothing of a person: a municipality's own name, and room on a page."""


def _shown(root: Path) -> list[str]:
    found = []
    # The people of the demonstration are nobody's secret.
    for path in (path for path in _modules(root) if "demo" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and _has_generated_repr(node):
                found += [f"{path.relative_to(root)}: {node.name}.{field}" for field in _told(node)]
    return found


def _has_generated_repr(node: ast.ClassDef) -> bool:
    made = [ast.unparse(each) for each in node.decorator_list if "dataclass" in ast.unparse(each)]
    own = any(isinstance(each, ast.FunctionDef) and each.name == "__repr__" for each in node.body)
    return bool(made) and not own and not any("repr=False" in each for each in made)


def _told(node: ast.ClassDef) -> list[str]:
    """Fields of a class in its `repr` that must not be."""
    told = []
    for each in node.body:
        if not isinstance(each, ast.AnnAssign) or not isinstance(each.target, ast.Name):
            continue
        name, kind = each.target.id, ast.unparse(each.annotation)
        where = f"{node.name}.{name}"
        never = (name in NEVER_SHOWN and where not in OF_NOBODY) or where in NEVER_SHOWN_IN
        never = never or (name, kind) == ("key", "bytes")
        if never and "repr=False" not in (ast.unparse(each.value) if each.value is not None else ""):
            told.append(name)
    return told


def test_i11_nothing_personal_or_secret_stands_in_a_repr(root: Path) -> None:
    assert not _shown(root)


def test_i11_a_new_field_in_a_repr_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "kiosk" / "new.py"
    module.parent.mkdir()
    module.write_text("@dataclass(frozen=True)\nclass New:\n    resident_id: str\n    line: int\n    key: bytes\n")
    assert _shown(tmp_path) == ["kiosk/new.py: New.resident_id", "kiosk/new.py: New.key"]


def test_every_occasion_that_staff_are_called_for_is_explained(root: Path) -> None:
    only_written = {Occasion.LEFT_BEHIND_SOLVED, Occasion.ALARM_CLOSED, Occasion.CABINET_OPENED, Occasion.ON_BATTERY}
    called = [each.value for each in Occasion if each not in only_written]
    for name in ("proto/koufu/v1/issuance.proto", "docs/operating/server.md"):
        text = (root / name).read_text()
        assert [each for each in called if not re.search(rf"(?<![\w-]){each}(?![\w-])", text)] == [], name
