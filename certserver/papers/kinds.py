"""The table of papers that this software draws: for each what it is about, and who may have it when. None of them ever
bears an individual number or a PIN."""

from dataclasses import dataclass
from enum import Enum

from certserver.applications.states import Role, State


class PaperKind(Enum):
    """A paper; the value is its word on the wire and at the command line."""

    APPLICATION_FORM = "application-form"
    """個人番号カード交付申請書 兼 電子証明書発行申請書"""


class About(Enum):
    """What a paper is about."""

    APPLICATION = "application"
    """One application; blank without one."""
    NOBODY = "nobody"
    """The same for everybody."""
    MATTER = "matter"
    """What somebody came for and can't have here."""
    OFFICE = "office"
    """An office that a municipality commissioned."""


_AT_COUNTERS = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper: its title, what it is about; of one about an application, by whom and in which states it can be had
    with what stands in it (None: in every one)."""

    kind: PaperKind
    title: str
    about: About
    filled_for: frozenset[Role] = _AT_COUNTERS
    filled_in: frozenset[State] | None = None


PAPERS = {
    row.kind: row
    for row in (
        PaperRow(PaperKind.APPLICATION_FORM, "個人番号カード交付申請書　兼　電子証明書発行申請書", About.APPLICATION),
    )
}


def may_be_filled(kind: PaperKind, role: Role, state: State) -> bool:
    """Whether a paper can be had with what an application says, by whoever may see all of that application."""
    row = PAPERS[kind]
    return (
        row.about is About.APPLICATION and role in row.filled_for and (row.filled_in is None or state in row.filled_in)
    )
