"""What takes two, and who the two may be. Pure."""

from enum import Enum

from certserver.applications.states import Role


class Operation(Enum):
    """What one person may not do alone at a counter."""

    DESTROY_SHEET = "destroy-sheet"
    """A sheet that jammed or was spoiled, with its number."""
    COUNT_DIFFERENCE = "count-difference"
    """A count that differs from the account of a day, or at its opening from what the day before left."""
    REMOVE_FROM_CUSTODY = "remove-from-custody"
    """A sealed PIN form or a returned card."""
    PAY_OWED = "pay-owed"
    """Money that could not be given back to a resident when it was due."""


ANSWERING_ROLES = frozenset({Role.CLERK, Role.OFFICER})
"""Of both: whoever only supports answers for nothing, neither first nor second."""
