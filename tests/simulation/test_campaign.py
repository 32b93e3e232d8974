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


def test_what_failed_is_kept_with_how_to_play_it_again(tmp_path: Path) -> None:
    kept.failed([("--seed 7", "AssertionError: money\nits story")], tmp_path)
    assert (tmp_path / "failures.txt").read_text() == "--seed 7\tAssertionError: money\n"
