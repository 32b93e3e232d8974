"""Paths of the console in what a browser sends: where to go on to, and nowhere else."""

import re

_OWN = re.compile(r"/(?:[A-Za-z0-9_-]+/?)*", re.ASCII)


def own_path(told: str) -> str:
    """A path of the console; its first page in place of anything else, such as another host's."""
    return told if _OWN.fullmatch(told) else "/"
