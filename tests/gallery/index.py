"""Writes the one page from which screens and sheets are looked at: `python -m tests.gallery.index FOLDER`. Plain HTML
that asks no network for anything."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from koufu.evidence.words import CertificateKind

_STYLE = """
body { font-family: sans-serif; margin: 2em; background: #eee; color: #111; }
section { display: flex; flex-wrap: wrap; gap: 1.2em; align-items: flex-start; }
figure { margin: 0; background: #fff; padding: .5em; box-shadow: 0 1px 3px #999; }
figcaption { font-size: .8em; margin-top: .4em; max-width: 36em; overflow-wrap: anywhere; }
img { display: inline-block; border: 1px solid #ccc; }
nav a { margin-right: 1.2em; }
"""
_SHEET_PX, _SCREEN_PX = 200, 150


def index(folder: Path) -> str:
    """The page for what lies in `console/`, `papers/`, `screens/` and `sheets/` of a folder, each thumbnail a link to
    the whole picture."""
    documents = sorted((folder / "sheets").glob("*.pdf"))
    papers = sorted((folder / "papers").glob("*.pdf"))
    console = sorted((folder / "console").glob("*.png"))
    screens = sorted((folder / "screens").glob("*.png"))
    kinds = [(name, tuple(files)) for name, files in groupby(sorted(documents, key=_kind), key=_kind)]
    parts_named = (*(name for name, _ in kinds), "papers", "screens", "console")
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>koufu: every sheet and screen</title>',
        f"<style>{_STYLE}</style></head><body><h1>Every sheet and every screen</h1>",
        "<p>Nobody on these pictures exists. A click on a picture shows it whole; the name below it opens the PDF.</p>",
        f"<nav>{''.join(_link(f'#{name}', name) for name in parts_named)}</nav>",
        *(_section(name, (_document(folder, file) for file in files)) for name, files in kinds),
        _section("papers", (_document(folder, file) for file in papers)),
        _section("screens", (_figure(folder, (file,), file.stem, _SCREEN_PX) for file in screens)),
        _section("console", (_figure(folder, (file,), file.stem, _SCREEN_PX) for file in console)),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _kind(file: Path) -> str:
    """The kind that a name begins with, the longest there is."""
    kinds = (kind.value for kind in CertificateKind)
    return max((kind for kind in kinds if file.stem.startswith(kind)), key=len, default=file.stem)


def _document(folder: Path, file: Path) -> str:
    pictures = sorted(file.parent.glob(f"{file.stem}-[0-9]*-face.png"), key=_page)
    backs = sorted(file.parent.glob(f"{file.stem}-[0-9]*-back.png"), key=_page)
    both = [picture for pair in zip(pictures, backs, strict=True) for picture in pair]
    return _figure(folder, both, _link(_address(folder, file), file.stem), _SHEET_PX)


def _page(picture: Path) -> int:
    return int(picture.stem.split("-")[-2])


def _figure(folder: Path, pictures: Sequence[Path], caption: str, width: int) -> str:
    shown = "".join(_thumbnail(_address(folder, picture), picture.stem, width) for picture in pictures)
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"


def _thumbnail(address: str, name: str, width: int) -> str:
    return f'<a href="{address}"><img loading="lazy" width="{width}" src="{address}" alt="{escape(name)}"></a> '


def _section(name: str, figures: Iterable[str]) -> str:
    return f'<h2 id="{escape(name)}">{escape(name)}</h2><section>{"".join(figures)}</section>'


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _address(folder: Path, file: Path) -> str:
    return escape(file.relative_to(folder).as_posix())


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    (folder / "index.html").write_text(index(folder), encoding="utf-8")
