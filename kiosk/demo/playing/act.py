"""An act of a demonstration: its steps, and what must have come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed
from printers.slips.reader import read_strips

GOOD = "as it must"
SLIP_DOTS = 576

T = TypeVar("T")
"""The stage that it is played on."""
S = TypeVar("S")
"""What the people on it see."""


@dataclass(frozen=True, slots=True)
class Act(Generic[T, S]):
    """`steps` begin and end with the stage between two residents. `verdict` is asked when the last step is done and
    what came out of the printers lies there: `GOOD`, or what is not as it must be."""

    name: str
    steps: Callable[[T], Sequence[Deed[S]]]
    verdict: Callable[[T, Sequence[Came]], str]


def papers_and_slips(came: Sequence[Came], papers: int, slips: int) -> str:
    """What is wrong with how many came out; nothing where that is right."""
    there = sum(1 for each in came if each.slip)
    if (len(came) - there, there) == (papers, slips):
        return ""
    return f"{len(came) - there} papers and {there} slips came out, not {papers} and {slips}"


def words_on(came: Sequence[Came]) -> str:
    """All words on slips, without spaces."""
    strips = (strip for each in came if each.slip for strip in read_strips(each.content, SLIP_DOTS))
    return "".join(strip.text for strip in strips).translate({ord(space): None for space in " \u3000\n"})
