"""`make simulate`: every single fault of every journey, then story after story, each from its seed, as long as it is
left to run. It goes on where it stopped, as long as the code is the same. build/simulate keeps the figures
(summary.txt, summary.json) and what failed (failures.txt), to be played again exactly with `--seed N` or
`--case "JOURNEY" N`."""

import argparse
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import count, islice
from typing import Any

from tests.simulation.figures import Figures, failed, load, save
from tests.support.sim_journeys import JOURNEYS, Journey, cases, play_case, seen
from tests.support.sim_oracle import check_chains
from tests.support.sim_scenario import Post, a_post, outline, story
from tests.support.sim_seeds import play
from tests.support.sim_world import World

FIRST_SEED = 1_000
"""The seeds before are those of the test suite."""
AT_ONCE = 50
"""Stories of a batch, of which one is played again."""
CASES_AT_ONCE = 200
AHEAD = 2
"""So many batches wait for each process: none ever waits for another's."""

Violation = tuple[str, str]
Batch = tuple[Figures, list[Violation]]
Call = tuple[Callable[..., Batch], *tuple[Any, ...]]
"""What plays a batch, and of what."""


def play_stories(first: int, count: int) -> Batch:
    """Plays that many seeds on one server, and one of them again alone."""
    told: list[str] = []

    def remembered(post: Post, seed: int) -> World:
        world = play(post, seed)
        if seed == first:
            told.append(outline(world))
        return world

    def each(post: Post) -> Iterator[tuple[str, Callable[[], World]]]:
        for seed in range(first, first + count):
            yield f"--seed {seed}", lambda seed=seed: remembered(post, seed)  # type: ignore[misc]

    figures, violations = _play(each, f"--seed {first}, after which so many: {count}")
    figures.stories = count
    if told:
        began = time.process_time()
        with a_post() as post:
            same = outline(play(post, first)) == told[0]
        figures.replayed = int(same)
        figures.cpu_s += time.process_time() - began
        if not same:
            figures.violations += 1
            violations.append((f"--seed {first}", "AssertionError: played again alone it tells another story"))
    return figures, violations


def play_cases(name: str, first: int, count: int) -> Batch:
    """Plays that many single faults of a journey on one server; fewer where there are no more."""
    journey, played = journey_of(name), 0

    def each(post: Post) -> Iterator[tuple[str, Callable[[], World]]]:
        nonlocal played
        for number, case in islice(enumerate(cases(journey, seen(post, journey))), first, first + count):
            played += 1
            yield f'--case "{name}" {number}', lambda case=case: play_case(post, journey, case)  # type: ignore[misc]

    figures, violations = _play(each, f'--case "{name}" {first}, after which so many: {count}')
    figures.cases = played
    return figures, violations


def how_many(name: str) -> int:
    """So many single faults has a journey."""
    journey = journey_of(name)
    with a_post() as post:
        return sum(1 for _ in cases(journey, seen(post, journey)))


def _play(each: Callable[[Post], Iterator[tuple[str, Callable[[], World]]]], all_of_it: str) -> Batch:
    """Whatever is raised is a violation, an error nobody foresaw as well. In the end the server's books must hold."""
    figures, violations = Figures(), []
    began = time.process_time()
    with a_post() as post:
        for what, run in each(post):
            try:
                figures.saw(run())
            except Exception as error:  # noqa: BLE001 - a campaign tells of it and goes on
                violations.append((what, f"{type(error).__name__}: {error}"))
        figures.server_crashes = post.servers.crashes
        try:
            check_chains(post.server)
        except Exception as error:  # noqa: BLE001 - the same
            violations.append((all_of_it, f"{type(error).__name__}: {error}"))
    figures.cpu_s = time.process_time() - began
    figures.violations = len(violations)
    return figures, violations


def journey_of(name: str) -> Journey:
    """The one of that name. Raises `SystemExit` when there is none."""
    for journey in JOURNEYS:
        if journey.name == name:
            return journey
    raise SystemExit(f"no journey is called {name!r}; there are: {', '.join(map(str, JOURNEYS))}")


def tell(seed: int) -> int:
    """Plays one seed and tells its story."""
    with a_post() as post:
        world = play(post, seed)
        print(story(world))
        print(f"{len(world.sheets)} sheets, {world.cash.state()}, {len(world.staff_calls)} calls for staff")
        print(f"{dict(world.struck)}, {world.network.met}")
    return 0


def tell_case(name: str, number: int) -> int:
    """Plays one single fault of a journey and tells its story."""
    journey = journey_of(name)
    with a_post() as post:
        case = next(islice(cases(journey, seen(post, journey)), number, None))
        print(f"{journey}: {case.name}")
        print(story(play_case(post, journey, case)))
    return 0


def campaign(stories: int | None, workers: int, *, journeys: bool) -> int:
    """Plays on from where the last campaign stopped; returns the exit status."""
    figures = load(FIRST_SEED)
    with ProcessPoolExecutor(workers) as pool:
        try:
            if journeys:
                _all_journeys(pool, figures, workers)
            end = None if stories is None else FIRST_SEED + stories
            starts = count(figures.next_seed, AT_ONCE) if end is None else range(figures.next_seed, end, AT_ONCE)
            for batch in in_order(pool, workers, ((play_stories, start, AT_ONCE) for start in starts)):
                figures.next_seed += AT_ONCE
                _keep(figures, batch)
                print(f"{figures.lines()[0]}; up to seed {figures.next_seed - 1}", flush=True)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            print(f"stopped; the next campaign begins at seed {figures.next_seed}")
    print("\n".join(figures.lines()))
    return 1 if figures.violations else 0


def _all_journeys(pool: ProcessPoolExecutor, figures: Figures, workers: int) -> None:
    names = [journey.name for journey in JOURNEYS if figures.next_case.get(journey.name, 0) >= 0]
    ends = dict(zip(names, pool.map(how_many, names), strict=True))
    starts = [
        (name, at) for name, end in ends.items() for at in range(figures.next_case.get(name, 0), end, CASES_AT_ONCE)
    ]
    batches = in_order(pool, workers, ((play_cases, name, at, CASES_AT_ONCE) for name, at in starts))
    for (name, at), batch in zip(starts, batches, strict=True):
        played = at + batch[0].cases
        figures.next_case[name] = played if played < ends[name] else -1
        _keep(figures, batch)
        print(f"{figures.lines()[0]}; {name}: up to {played} of {ends[name]}", flush=True)


def in_order(pool: Executor, workers: int, calls: Iterable[Call]) -> Iterator[Batch]:
    """What each comes to, in this order, while those after it are played already."""
    running: deque[Future[Batch]] = deque()
    for play_them, *of in calls:
        running.append(pool.submit(play_them, *of))
        if len(running) > AHEAD * workers:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


def _keep(figures: Figures, batch: Batch) -> None:
    more, violations = batch
    figures.add(more)
    failed(violations)
    save(figures)
    for what, why in violations:
        print(f"{what}: {why}", file=sys.stderr)


def main() -> int:
    """Campaign, or one story."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--stories", type=int, help="so many in all, then stop; without it, until Ctrl-C")
    parser.add_argument("--stories-only", action="store_true", help="leave the single faults of journeys out")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--seed", type=int, help="tell the story of this one seed")
    parser.add_argument("--case", nargs=2, metavar=("JOURNEY", "N"), help="tell the story of this one fault")
    wanted = parser.parse_args()
    if wanted.seed is not None:
        return tell(wanted.seed)
    if wanted.case is not None:
        return tell_case(wanted.case[0], int(wanted.case[1]))
    return campaign(wanted.stories, wanted.workers, journeys=not wanted.stories_only)


if __name__ == "__main__":
    raise SystemExit(main())
