"""The README's two pictures of a counter, out of what its demonstration left:
`python -m tests.gallery.counter SCREENS FOLDER`."""

from argparse import ArgumentParser
from pathlib import Path

from PIL import Image

PICTURES = {
    "counter-clerk": ("post-office-*-hijab/*-photo-live-clerk.png", 960),
    "counter-resident": ("post-office-*-renewal/*-power-cut-resident.png", 540),
}
"""Which screen, and how wide, in pixels."""


def main(screens: Path, folder: Path) -> None:
    """Raises `SystemExit` when the demonstration has no such screen."""
    for name, (which, wide) in PICTURES.items():
        found = sorted(screens.glob(which))
        if not found:
            raise SystemExit(f"{screens} has no {which}")
        with Image.open(found[0]) as shown:
            high = round(shown.height * wide / shown.width)
            small = shown.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS)
        small.save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("screens", type=Path)
    arguments.add_argument("folder", type=Path)
    asked = arguments.parse_args()
    main(asked.screens, asked.folder)
