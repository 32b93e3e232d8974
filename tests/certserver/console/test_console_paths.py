"""Where the console sends somebody on to."""

import pytest

from certserver.console.paths import own_path


@pytest.mark.parametrize("path", ["/", "/account", "/people/aoi-1", "/settings/drafts/1/", "/" + "a" * 199])
def test_a_path_of_the_console_is_gone_on_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", ["", "//evil.example", "/a//b", "/a.b", "account", "/a?b", "/a\n", "/" + "a" * 200])
def test_anything_else_leads_to_the_first_page(path: str) -> None:
    assert own_path(path) == "/"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("letters", [60, 199])
def test_no_path_takes_long_to_tell(letters: int) -> None:
    assert own_path(f"/{'a' * letters}.") == "/"
    assert own_path(f"/{'a/' * (letters // 2)}.") == "/"
