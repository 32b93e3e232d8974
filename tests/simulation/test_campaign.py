"""The campaign's figures: a run that goes on knows what was played before."""

from pathlib import Path

from tests.simulation import figures as kept
from tests.simulation.__main__ import play_cases, play_stories
from tests.support.sim_journeys import JOURNEYS

FIRST, STORIES = 40_000, 3
LAST_JOURNEY = JOURNEYS[-1].name


def test_a_campaign_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "simulate"
    figures = kept.load(FIRST, folder)
    for more, violations in (play_stories(FIRST, STORIES), play_cases(LAST_JOURNEY, 0, 2)):
        assert not violations
        figures.add(more)
    figures.next_seed += STORIES
    figures.next_case[LAST_JOURNEY] = 2
    kept.save(figures, folder)
    again = kept.load(0, folder)
    assert again == figures
    assert (again.stories, again.cases, again.next_seed) == (STORIES, 2, FIRST + STORIES)
    assert str(STORIES) in (folder / "summary.txt").read_text()


def test_what_was_played_with_another_code_is_put_aside_and_not_counted(tmp_path: Path) -> None:
    figures = kept.load(FIRST, tmp_path)
    figures.code, figures.stories, figures.violations = "another", 7, 1
    kept.save(figures, tmp_path)
    kept.failed([("--seed 7", "AssertionError")], tmp_path)
    again = kept.load(FIRST, tmp_path)
    assert (again.stories, again.violations) == (0, 0)
    assert again.code != "another"
    put_aside = {each.name for each in tmp_path.iterdir()}
    assert put_aside == {"summary-another.json", "summary-another.txt", "failures-another.txt"}


def test_what_failed_is_kept_with_how_to_play_it_again(tmp_path: Path) -> None:
    kept.failed([("--seed 7", "AssertionError: money\nits story")], tmp_path)
    assert (tmp_path / "failures.txt").read_text() == "--seed 7\tAssertionError: money\n"
