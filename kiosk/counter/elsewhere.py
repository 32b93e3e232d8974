"""Where something can be done that can't be done at this desk, in the words of the wire."""

from dataclasses import dataclass

AT_HOME = "municipal-counter"
"""The counter of the municipality where somebody lives."""

KINDS = frozenset({AT_HOME, "consulate", "field-intake", "field-support", "post-office"})


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place, and an office's name where it has one."""

    kind: str
    name: str = ""


COUNTER_AT_HOME = Place(AT_HOME)
