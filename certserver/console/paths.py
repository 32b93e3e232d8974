"""Paths of the console in what a browser sends: where to go on to, and nowhere else."""

import re

_LONGEST = 200

# Each text matches in one way at most: strangers send these, and a pattern that tries others stops every thread.
_OWN = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*/?)?(?:\?draft=[0-9]{1,9})?", re.ASCII)


def own_path(told: str) -> str:
    """A path of the console, with the draft it is about if any; its first page in place of anything else, such as
    another host's."""
    return told if len(told) <= _LONGEST and _OWN.fullmatch(told) else "/"
