"""Draws every page of the municipality's console for people to look at, on a desk and on a phone, in both languages:
`python -m tests.gallery.console FOLDER [PATH...]`."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.browser import a_browser, follow
from tests.support.console import a_console
from tests.support.console_pages import fill, shown_paths

SIZES = {"desk": (1280, 900), "phone": (390, 844)}


def draw(folder: Path, wanted: tuple[str, ...]) -> int:
    """Draws the pages whose paths hold a wanted text, all without any; how many pictures there are."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = 0
    with TemporaryDirectory() as home, a_console(Path(home)) as console, a_browser() as browser:
        fill(console)
        for size, pixels in SIZES.items():
            for language in ("ja", "en"):
                for mark in ("", "aoi"):
                    with console.window(browser, mark, pixels) as page:
                        # Samples are drawn by the real press.
                        page.set_default_timeout(120_000)
                        if language == "en":
                            follow(page, "button[value=en]")
                        for path in shown_paths(console):
                            if wanted and not any(each in path for each in wanted):
                                continue
                            page.goto(console.url + path)
                            where = page.url.removeprefix(console.url).partition("?")[0]
                            if where != path:
                                continue
                            name = path.strip("/").replace("/", "-") or "home"
                            page.screenshot(path=folder / f"{name}-{size}-{language}.png", full_page=True)
                            drawn += 1
    return drawn


if __name__ == "__main__":
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("wanted", nargs="*", metavar="path")
    asked = arguments.parse_args()
    print(draw(asked.folder, tuple(asked.wanted)))
