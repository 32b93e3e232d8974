"""The judges of `make soak` see what grows, and what answers too late."""

from itertools import islice
from random import Random

import pytest

from kiosk.flow import scenes
from tests.soak import measure
from tests.soak.measure import Row
from tests.soak.report import KEPT, Answered, answered, growth
from tests.soak.slope import slope_of
from tests.soak.visits import CANCELLED_AT, PULLED_AT, Leaving, Trouble, again, visits

SESSIONS = range(25, 2001, 25)


def _unheard(_line: str) -> None:
    """Nobody listens."""


def rows(**grows: float) -> list[Row]:
    """Rows of a soak in which each of these grows by so much a session, over noise of one part in a hundred."""
    random = Random(1)
    still: Row = dict.fromkeys(("cpu_s", "server_cpu_s", "sheets", "slips", *KEPT), 0.0)
    steady = {"held_kb": 200_000.0, "python_objects": 145_000.0, "files": 17.0, "threads": 20.0}
    return [
        still
        | {"sessions": float(at)}
        | {
            name: value * (1 + (random.random() - 0.5) * (0 if value < 100 else 0.002)) + grows.get(name, 0.0) * at
            for name, value in steady.items()
        }
        for at in SESSIONS
    ]


def test_the_slope_is_that_of_the_line_whatever_a_few_points_do() -> None:
    x = list(range(40))
    y = [3.0 + 2.0 * each for each in x]
    y[7], y[30] = 900.0, -900.0
    slope = slope_of(x, y)
    assert slope.at == pytest.approx(2.0)
    assert slope.low <= 2.0 <= slope.high
    assert slope.high - slope.low < 0.5
    with pytest.raises(ValueError, match="three points"):
        slope_of(x[:2], y[:2])


def test_a_process_that_breathes_is_flat() -> None:
    assert growth(rows(), _unheard)


@pytest.mark.parametrize(
    ("what", "by"), [("held_kb", 3.0), ("python_objects", 5.0), ("files", 0.01), ("threads", 0.01)]
)
def test_what_grows_is_seen(what: str, by: float) -> None:
    said: list[str] = []
    assert not growth(rows(**{what: by}), said.append)
    assert [line.split()[0] for line in said if "GROWS" in line] == [what]


def test_what_is_held_is_told_until_it_is_given_back() -> None:
    before = measure.held()
    kept = b"+" * (32 << 20)
    while_kept = measure.held()
    assert kept
    del kept
    after = measure.held()
    for name in before:
        assert while_kept[name] - before[name] > 30_000, name
        assert while_kept[name] - after[name] > 30_000, name


def test_a_server_is_judged_by_itself() -> None:
    still = {"server_cpu_s": 1.0, "server_files": 32.0, "server_anonymous_kb": 220_000.0, "disk_server": 1.0}
    flat: list[Row] = [still | {"sessions": float(at)} for at in SESSIONS]
    assert growth(flat, _unheard)
    said: list[str] = []
    grows = [row | {"server_anonymous_kb": 220_000.0 + 2.8 * row["sessions"]} for row in flat]
    assert not growth(grows, said.append)
    assert [line.split()[0] for line in said if "GROWS" in line] == ["server_anonymous_kb"]


@pytest.mark.parametrize(("what", "sheets_each"), [("held_kb", 0.0), ("server_anonymous_kb", 1.0)])
@pytest.mark.parametrize(("sessions", "said"), [(1_000, "a longer soak judges it"), (2_000, "GROWS")])
def test_memory_is_judged_once_a_process_has_ready_what_it_keeps_ready(
    what: str, sheets_each: float, sessions: int, said: str
) -> None:
    seen = [
        row | {what: 200_000.0 + 2.0 * row["sessions"], "sheets": sheets_each * row["sessions"]}
        for row in rows()
        if row["sessions"] <= sessions
    ]
    lines: list[str] = []
    assert not growth(seen, lines.append)
    (line,) = (line for line in lines if what in line)
    assert said in line


@pytest.mark.parametrize(
    ("sheets_each", "issued", "said"), [(0.5, 0, "1000 sheets, a longer soak"), (0.5, 1_000, "GROWS")]
)
def test_a_server_warms_up_by_the_sheets_it_issues(sheets_each: float, issued: int, said: str) -> None:
    seen = [
        row | {"server_anonymous_kb": 2.0 * row["sessions"], "sheets": sheets_each * row["sessions"]} for row in rows()
    ]
    lines: list[str] = []
    assert not growth(seen, lines.append, issued)
    (line,) = (line for line in lines if "server_anonymous_kb" in line)
    assert said in line


def test_nothing_measured_is_nothing_proven() -> None:
    assert not growth([], _unheard)
    assert not growth(rows()[:4], _unheard)


def test_one_late_screen_in_twenty_five_is_too_many() -> None:
    quick, late = Answered(True, "Start", "AwaitCard", 40.0, 30.0), Answered(True, "Pay", "Releasing", 400.0, 130.0)
    assert answered([quick] * 1_000 + [late], _unheard)
    assert not answered([quick] * 24 + [late], _unheard)


def test_everything_that_can_happen_comes_in_a_long_soak() -> None:
    coming = visits(1)
    seen = [next(coming) for _ in range(3_000)]
    assert {each.trouble for each in seen} == {None, *Trouble}
    assert {each.leaving for each in seen} == {None, *Leaving}
    assert {each.at for each in seen if each.leaving is Leaving.CANCELS} == set(CANCELLED_AT)
    assert {each.at for each in seen if each.leaving is Leaving.GOES_IDLE} == {*PULLED_AT, scenes.Pay}
    assert {each.wrong_pins for each in seen} == {0, 1, 2, 3}
    assert any(each.keyboard for each in seen)
    assert any(each.hears_number for each in seen)


def test_the_same_visitors_come_again() -> None:
    coming = again(visits(1), 3)
    first = [next(coming) for _ in range(3)]
    assert [next(coming) for _ in range(6)] == first * 2
    assert first == list(islice(visits(1), 3))
