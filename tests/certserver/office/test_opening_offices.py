"""One more office is opened beside those that stand; nobody's is undone by it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from certserver.applications.places import Place, Procedure
from certserver.errors import ConfigurationError
from certserver.office.desk import Desk
from certserver.office.settings.content import Content
from certserver.office.settings.counter_parts import CommissionPart
from certserver.office.settings.draft_rows import DraftState
from certserver.office.settings.drafts import stands
from certserver.office.settings.opening import open_beside
from certserver.ports import JST, unix
from tests.support.office import approvers_desk, drafters_desk
from tests.support.server import ServerForTests, a_server
from tests.support.setting_drafts import settled


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


@pytest.fixture
def desk(server: ServerForTests) -> Desk:
    return drafters_desk(server)


def an_office(name: str) -> CommissionPart:
    return CommissionPart(
        office=name,
        place=Place.POST_OFFICE_INTAKE,
        since=date(2026, 5, 1),
        procedures=(Procedure.CARD_APPLICATION,),
    )


def opened(desk: Desk) -> list[str]:
    return [each.office for each in stands(desk).content(desk.now()).commissions or ()]


def test_who_saw_an_older_list_does_not_undo_a_newer_one(desk: Desk) -> None:
    seen = stands(desk)
    before = opened(desk)
    open_beside(desk, seen, an_office("z-1"))
    with pytest.raises(ConfigurationError, match="ask again"):
        open_beside(desk, seen, an_office("z-2"))
    assert opened(desk) == [*before, "z-1"]
    open_beside(desk, stands(desk), an_office("z-2"))
    assert opened(desk) == [*before, "z-1", "z-2"]


def test_nothing_is_opened_that_a_list_to_come_would_close(server: ServerForTests, desk: Desk) -> None:
    before = opened(desk)
    coming = Content(commissions=(an_office("z-1"),))
    draft = settled(desk, approvers_desk(server), coming, unix(datetime(2027, 4, 1, tzinfo=JST)))
    assert draft.state is DraftState.APPROVED
    with pytest.raises(ConfigurationError, match="2027-04-01 00:00:00"):
        open_beside(desk, stands(desk), an_office("z-2"))
    assert opened(desk) == before
