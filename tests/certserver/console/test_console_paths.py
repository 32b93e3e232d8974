"""Where the console sends somebody on to."""

import pytest

from certserver.console.paths import own_path

ELSEWHERE = (
    "",
    "//evil.example",
    "/a//b",
    "/a.b",
    "account",
    "/a?b",
    "/a?draft=",
    "/a?draft=1&b",
    "/a\n",
    "/" + "a" * 200,
)


@pytest.mark.parametrize("path", ELSEWHERE)
def test_anything_else_leads_to_the_first_page(path: str) -> None:
    assert own_path(path) == "/"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("letters", [60, 199])
def test_no_path_takes_long_to_tell(letters: int) -> None:
    assert own_path(f"/{'a' * letters}.") == "/"
    assert own_path(f"/{'a/' * (letters // 2)}.") == "/"
