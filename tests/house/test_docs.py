"""The documents say only what is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")))
PATH_IN_TEXT = re.compile(r"`((?:kiosk|certserver|proto|printers|hardware|packaging|tests|docs)/[\w./-]*[\w-])/?`")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_a_document_names_exists(document: str, root: Path) -> None:
    text = (root / document).read_text()
    paths = {root / match for match in PATH_IN_TEXT.findall(text)}
    # A link leads on from where its document lies.
    paths |= {(root / document).parent / match for match in LINK.findall(text) if "://" not in match}
    assert not sorted(str(path) for path in paths if not path.exists())


def test_architecture_follows_a_request_through_files(root: Path) -> None:
    named = PATH_IN_TEXT.findall((root / "ARCHITECTURE.md").read_text())
    for package in ("hardware", "kiosk", "proto", "certserver", "printers"):
        assert any(name.startswith(package) and name.endswith((".py", ".proto")) for name in named), package


def test_every_direct_dependency_is_named_with_its_licence(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    named = (root / "docs/dependencies.md").read_text().lower()
    wanted = project["dependencies"] + [
        requirement
        for extra in ("kiosk", "server", "verify")
        for requirement in project["optional-dependencies"][extra]
    ]
    names = {re.split(r"[<>=]", requirement)[0].strip().lower() for requirement in wanted}
    assert not sorted(name for name in names if name not in named)


def test_every_make_target_of_the_readme_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`(?:KOUFU_\w+=\w+ )?make ([a-z]+)`", (root / "README.md").read_text()))
    assert named
    assert named <= targets
