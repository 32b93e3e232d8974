"""The campaign's figures: a run that goes on knows what was played before."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from tests.simulation import figures as kept
from tests.simulation.__main__ import AHEAD, CASES_AT_ONCE, Batch, how_many, in_order, play_cases, play_stories
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


def test_the_last_batch_of_a_journey_is_as_long_as_there_are_faults_left() -> None:
    most = how_many(LAST_JOURNEY)
    assert most > CASES_AT_ONCE
    figures, violations = play_cases(LAST_JOURNEY, most - 1, 5)
    assert (figures.cases, violations) == (1, [])


def test_batches_are_counted_in_their_order_while_later_ones_are_played() -> None:
    begun: list[int] = []
    second_ended = Event()

    def play(number: int) -> Batch:
        begun.append(number)
        if number == 0:
            assert second_ended.wait(30)
        if number == 1:
            second_ended.set()
        return kept.Figures(cases=number), []

    calls = iter([(play, number) for number in range(12)])
    with ThreadPoolExecutor(2) as pool:
        batches = in_order(pool, 2, calls)
        assert next(batches)[0].cases == 0
        assert len(begun) <= 2 * AHEAD + 1
        assert [figures.cases for figures, _ in batches] == list(range(1, 12))


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
