"""Who may see what is attached, as a table; and what may be attached at all."""

from datetime import datetime

import pytest

from certserver.applications.attachments import MAX_SCAN_BYTES, AttachmentKind, MediaType, fits, may_see
from certserver.applications.photo_measures import PHOTO_FILE
from certserver.applications.states import Actor, CardApplication, Role, Route, State
from certserver.ports import JST

HOME, TOOK_IN, ELSEWHERE = "992011", "992029", "992037"
ALL = frozenset(AttachmentKind)
OF_HELP = frozenset({AttachmentKind.PHOTO, AttachmentKind.FORM})
PHOTO = frozenset({AttachmentKind.PHOTO})

WAITS = (State.DRAFT, State.IDENTITY_CHECKED, State.CAPTURED, State.RETURNED, State.MAKER_DEFECT)
MAKES = (State.SENT_TO_MAKER, State.MANUFACTURING)
GOES_ON = tuple(state for state in State if state not in (*WAITS, *MAKES))

TABLE = {
    (Role.OFFICER, HOME): (ALL, ALL, ALL),
    (Role.OFFICER, TOOK_IN): (ALL, frozenset(), frozenset()),
    (Role.CLERK, TOOK_IN): (ALL, frozenset(), frozenset()),
    (Role.HELPER, TOOK_IN): (OF_HELP, frozenset(), frozenset()),
    (Role.CARD_MAKER, None): (frozenset(), PHOTO, frozenset()),
}
"""By role and municipality: while it waits where it was taken in, while the card is made, and else. Who is not here
sees nothing ever."""


def case(state: State) -> CardApplication:
    at = datetime(2026, 6, 10, 10, tzinfo=JST)
    return CardApplication("a-1", HOME, TOOK_IN, Route.MAIL, at, state)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_who_may_see_which_attachment(state: State, role: Role) -> None:
    column = 0 if state in WAITS else 1 if state in MAKES else 2
    of_none = role not in (Role.HELPER, Role.CLERK, Role.OFFICER)
    for municipality in (None,) if of_none else (HOME, TOOK_IN, ELSEWHERE):
        seen = {kind for kind in AttachmentKind if may_see(kind, case(state), Actor("x", role, municipality))}
        wanted = TABLE.get((role, municipality), (frozenset(),) * 3)[column]
        assert seen == wanted, municipality


def test_a_file_is_what_it_is_called_and_not_too_long() -> None:
    jpeg, pdf = b"\xff\xd8\xff\xe0", b"%PDF-1.7"
    assert fits(AttachmentKind.PHOTO, MediaType.JPEG, jpeg)
    assert not fits(AttachmentKind.PHOTO, MediaType.PDF, pdf)
    assert not fits(AttachmentKind.FORM, MediaType.PNG, pdf)
    assert fits(AttachmentKind.FORM, MediaType.PDF, pdf)
    longest = PHOTO_FILE.bytes_to
    assert fits(AttachmentKind.PHOTO, MediaType.JPEG, jpeg.ljust(longest))
    assert not fits(AttachmentKind.PHOTO, MediaType.JPEG, jpeg.ljust(longest + 1))
    assert fits(AttachmentKind.EVIDENCE, MediaType.PDF, pdf.ljust(MAX_SCAN_BYTES))
    assert not fits(AttachmentKind.EVIDENCE, MediaType.PDF, pdf.ljust(MAX_SCAN_BYTES + 1))
