"""A planted fault: an expression of the running product that says something else, and what must notice it."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from tests.incidents.guard import Guard
from tests.support.sim_journeys import Case, DidNotComeUp, Journey, Meddle, Seen, cases, play_case, seen
from tests.support.sim_mixing import Mixer
from tests.support.sim_oracle import check
from tests.support.sim_person import Wish
from tests.support.sim_scenario import FIRST, SECOND, Post, back_in_service, until_over
from tests.support.taking_out import Line, out


class Family(Enum):
    """What kind of fault it is."""

    MONEY = "money"
    PAPER = "paper"
    INCIDENT = "incident of 2020 to 2024"
    PRIVACY = "privacy"
    FLOW = "flow"
    SERVER = "server"


Trial = tuple[str, Callable[[], object]]
"""What is played, by name, and the playing: whatever it raises says that something is wrong."""
Trials = Callable[[Post], Iterator[Trial]]


@dataclass(frozen=True)
class Mutant:
    """`lines` are changed all at once. `trials` are played one after the other until one notices; with nothing planted
    none may."""

    name: str
    family: Family
    lines: tuple[Line, ...]
    trials: Trials

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Caught:
    """What noticed it, after how many trials, and what it said."""

    by: str
    trials: int
    said: str


def caught(post: Post, mutant: Mutant) -> Caught | None:
    """Plants the fault and plays until something notices it; None when nothing does."""
    with out(*mutant.lines):
        return noticed(post, mutant)


def noticed(post: Post, mutant: Mutant, most: int | None = None) -> Caught | None:
    """Plays its trials, or the first so many, on the product as it is now."""
    for number, (name, trial) in enumerate(islice(mutant.trials(post), most), start=1):
        try:
            trial()
        except DidNotComeUp:
            continue
        except Exception as error:  # noqa: BLE001 - whatever breaks has noticed it
            return Caught(name, number, (str(error) or type(error).__name__).splitlines()[0])
    return None


# What is played


def in_journey(journey: Journey, about: str, every: int = 1, most: int = 60) -> Trials:
    """A journey, and then its single faults whose name has this in it."""

    def trials(post: Post) -> Iterator[Trial]:
        shapes: list[Seen] = []
        yield str(journey), lambda: shapes.append(seen(post, journey))
        wanted = (case for case in cases(journey, shapes[0]) if about in case.name)
        for case in islice(wanted, 0, most * every, every):
            yield f"{journey}: {case.name}", lambda case=case: play_case(post, journey, case)  # type: ignore[misc]

    return trials


def with_deed(journey: Journey, name: str, deed: Meddle) -> Trials:
    """A journey to which this is done before it begins."""

    def trials(post: Post) -> Iterator[Trial]:
        yield f"{journey}: {name}", lambda: play_case(post, journey, Case("deed", name, deed, lambda _: True))

    return trials


def as_it_is(journey: Journey) -> Trials:
    """A journey in which nothing goes wrong."""

    def trials(post: Post) -> Iterator[Trial]:
        yield str(journey), lambda: play_case(post, journey)

    return trials


def with_mixed_up(*mixers: Callable[[], Mixer]) -> Trials:
    """Two people one after the other, at a server that gives the second what it gave the first."""

    def trials(post: Post) -> Iterator[Trial]:
        yield "a server that mixes people up", lambda: _two_at_a_mixing_server(post, [each() for each in mixers])

    return trials


def _two_at_a_mixing_server(post: Post, mixers: list[Mixer]) -> None:
    with post.open() as world:

        def mix(method: str, answers: list[bytes]) -> list[bytes]:
            for mixer in mixers:
                answers = mixer(method, answers) if mixer.method == method else answers
            return answers

        world.network.mix_up = mix
        for resident in (FIRST, SECOND):
            person = post.person(world, resident, Wish(purposes=("employer",)))
            person.arrive()
            until_over(world, person)
            world.time.run_for(30)
        back_in_service(world)
        check(world)


def by_guard(guard: Guard) -> Trials:
    """The incident that the guard stands against, let come up: `tests/incidents/test_guards.py`."""

    def trials(_post: Post) -> Iterator[Trial]:
        yield f"test_guards.py [{guard.name}]", lambda: _must_not_happen(guard)

    return trials


def _must_not_happen(guard: Guard) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert not guard.happens(Path(folder)), f"{guard.incident.value}: it happened"
