"""What takes two, and who the two may be. Pure."""

from enum import Enum

from certserver.applications.states import Role


class Operation(Enum):
    """What one person may not do alone at a counter."""

    DESTROY_SHEET = "destroy-sheet"
    """A sheet that jammed or was spoiled, with its number."""
    COUNT_DIFFERENCE = "count-difference"
    """A count at the closing of a day that differs from its account."""
    REMOVE_FROM_CUSTODY = "remove-from-custody"
    """A sealed PIN form or a returned card."""


ANSWERING_ROLES = frozenset({Role.CLERK, Role.OFFICER})
"""Of both: whoever only supports answers for nothing, neither first nor second."""
