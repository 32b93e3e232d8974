"""Draws every state of the recipients' web page for people to look at, on a phone and on a desk, in both languages:
`python -m tests.gallery.checking FOLDER [NAME...]`."""

from argparse import ArgumentParser
from pathlib import Path

from tests.support import sheets
from tests.support.browser import DESK, PHONE, a_browser, codes_of, film
from tests.support.checking_states import STATES, Pictures, in_state


def draw(folder: Path, wanted: tuple[str, ...]) -> None:
    """Draws the states whose names begin with a wanted one, all without any."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(folder)
    back = sheets.sides(sheets.residence().file)[1]
    with a_browser(film(codes_of(back), folder / "camera.mjpeg")) as browser:
        for name in STATES:
            if wanted and not name.startswith(wanted):
                continue
            with in_state(browser, name, pictures) as visit:
                for language in ("ja", "en"):
                    for size, (width, height) in (("phone", PHONE), ("desk", DESK)):
                        visit.page.set_viewport_size({"width": width, "height": height})
                        visit.page.screenshot(path=folder / f"{name}-{size}-{language}.png", full_page=True)
                    visit.page.click("#language")


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("wanted", nargs="*", metavar="name")
    asked = arguments.parse_args()
    draw(asked.folder, tuple(asked.wanted))
