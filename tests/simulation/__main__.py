"""`make simulate`: story after story, each from its seed, as long as it is left to run. It goes on where it stopped;
what failed is kept in build/simulate/failures.txt, to be played again with `--seed N`."""

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.support.sim_scenario import a_post, story
from tests.support.sim_seeds import play

FIRST_SEED = 1_000
"""The seeds before are those of the test suite."""
AT_ONCE = 50
FOLDER = Path("build/simulate")


def play_some(first: int, count: int) -> list[tuple[int, str]]:
    """Plays that many seeds on one server; those that failed, and why."""
    failed = []
    with a_post() as post:
        for seed in range(first, first + count):
            try:
                play(post, seed)
            except (AssertionError, TimeoutError) as error:
                failed.append((seed, f"{type(error).__name__}: {error}"))
    return failed


def tell(seed: int) -> int:
    """Plays one seed and tells its story."""
    with a_post() as post:
        world = play(post, seed)
        print(story(world))
        print(f"{len(world.sheets)} sheets, {world.cash.state()}, {len(world.staff_calls)} calls for staff")
    return 0


def campaign(stories: int | None) -> int:
    """Plays on from where the last campaign stopped; returns the exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = FOLDER / "state.json"
    at = json.loads(state.read_text())["next"] if state.exists() else FIRST_SEED
    end = None if stories is None else at + stories
    began, played, failures = time.monotonic(), 0, 0
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        try:
            while end is None or at < end:
                starts = [at + AT_ONCE * worker for worker in range(workers)]
                for failed in pool.map(play_some, starts, [AT_ONCE] * workers):
                    failures += len(failed)
                    for seed, why in failed:
                        print(f"seed {seed}: {why}", file=sys.stderr)
                        with (FOLDER / "failures.txt").open("a") as file:
                            file.write(f"{seed}\t{why.splitlines()[0]}\n")
                at += AT_ONCE * workers
                played += AT_ONCE * workers
                state.write_text(json.dumps({"next": at}))
                rate = played / (time.monotonic() - began)
                print(f"{played} stories up to seed {at - 1}, {rate:.1f} a second, {failures} failed", flush=True)
        except KeyboardInterrupt:
            print(f"stopped; the next campaign begins at seed {at}")
    return 1 if failures else 0


def main() -> int:
    """Campaign or one story."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--stories", type=int, help="so many, then stop; without it, until Ctrl-C")
    parser.add_argument("--seed", type=int, help="tell the story of this one seed")
    wanted = parser.parse_args()
    return tell(wanted.seed) if wanted.seed is not None else campaign(wanted.stories)


if __name__ == "__main__":
    raise SystemExit(main())
