"""What takes two, and who may be the second. Pure."""

from enum import Enum

from certserver.applications.states import Role


class Operation(Enum):
    """What one person may not do alone at a counter."""

    DESTROY_SHEET = "destroy-sheet"
    """A sheet that jammed or was spoiled, with its number."""
    REMOVE_FROM_CUSTODY = "remove-from-custody"
    """A sealed PIN form or a returned card."""


SECOND_ROLES = frozenset({Role.CLERK, Role.OFFICER})
"""Whoever only supports answers for nothing."""
