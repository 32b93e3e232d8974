"""A resident is told who issued or looked at their data: all of it, and nothing of others."""

from datetime import date

import pytest
from sqlalchemy import select

from certserver.errors import NotAllowed
from certserver.office.desk import Desk
from certserver.office.issued.person import Asked, History, history
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.story import story
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import OfficeRole
from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.storage.registers import residents
from tests.support.card_applications import entries_of, verified
from tests.support.office import a_desk
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

INQUIRY = Purpose(Reason.INQUIRY, "2026-17")


def born(server: ServerForTests, resident_id: str) -> date:
    with server.database.reading() as connection:
        day = connection.scalar(select(residents.c.born_day).where(residents.c.resident_id == resident_id))
    assert isinstance(day, date)
    return day


def told(desk: Desk, asked: Asked) -> History:
    found = history(desk, asked, INQUIRY)
    assert found is not None
    return found


def test_everything_about_one_resident_is_told_and_nothing_of_others(server: ServerForTests, registrar: Desk) -> None:
    (own,) = server.visit("kengo").issue()
    # A second card, and somebody else.
    card = server.card("kengo")
    assert card is not None
    (other,) = server.visit("taro").issue()
    story(registrar, own.statement.document_no, INQUIRY)
    story(registrar, other.statement.document_no, INQUIRY)
    answer = told(registrar, Asked(resident_id="kengo"))
    assert answer.cards == 2
    assert [each.document_no for each in answer.documents] == [own.statement.document_no]
    assert [view.event for view in answer.views] == ["viewed", "offer-shown"]
    assert answer.views[0].detail["about"] == own.statement.document_no
    assert "kengo" not in repr(answer)
    assert other.statement.document_no not in str(answer)
    verified(server)


def test_a_resident_is_found_by_a_document_by_key_and_by_name(server: ServerForTests, registrar: Desk) -> None:
    (own,) = server.visit("kengo").issue()
    day = born(server, "kengo")
    ways = (
        Asked(document_no=own.statement.document_no),
        Asked(resident_id="kengo"),
        Asked(name="見本　kengo", born=day),
    )
    persons = {told(registrar, asked).person for asked in ways}
    assert len(persons) == 1
    # Each question is a view itself, and the next answer tells it.
    seen = told(registrar, ways[0]).views
    assert [view.detail.get("what") for view in seen if view.event == "viewed"] == ["history of a resident"] * 3
    assert "見本" not in str(entries_of(server))


def test_nobody_is_told_of_whom_it_is_not_and_that_somebody_looked_is_noted(
    server: ServerForTests, registrar: Desk
) -> None:
    day = born(server, "ren")
    questions = (
        Asked(resident_id="nobody"),
        Asked(document_no="0000-0000-0000-0000"),
        Asked(name="見本　kengo", born=date(1900, 1, 1)),
        # I14: whoever is withheld is not found by a name, as nobody is.
        Asked(name="見本　ren", born=day),
    )
    for asked in questions:
        assert history(registrar, asked, INQUIRY) is None
    refused = [detail for event, detail in entries_of(server) if event == "refused"]
    assert refused == [{"officer": "mihon-roku", "reason": "nobody-found", "step": "finding a resident"}] * 4


def test_i14_whoever_is_withheld_is_found_by_the_registers_key_alone(server: ServerForTests, registrar: Desk) -> None:
    (own,) = server.visit("kengo").issue()
    by_paper = Asked(document_no=own.statement.document_no)
    assert history(registrar, by_paper, INQUIRY) is not None
    with server.database.writing() as connection:
        write_withholding(connection, MUNICIPALITY, "misaki", frozenset({Withholding.PROTECTIVE_MEASURE}))
    assert history(registrar, by_paper, INQUIRY) is None
    assert len(told(registrar, Asked(resident_id="kengo")).documents) == 1


def test_nobody_browses_the_register(server: ServerForTests, registrar: Desk) -> None:
    for _ in range(40):
        history(registrar, Asked(resident_id="nobody"), INQUIRY)
    with pytest.raises(NotDone) as raised:
        history(registrar, Asked(resident_id="kengo"), INQUIRY)
    assert raised.value.why is WhyNot.TOO_OFTEN
    server.clock.advance(3_601)
    assert history(registrar, Asked(resident_id="kengo"), INQUIRY) is not None


@pytest.mark.parametrize("asked", [Asked(), Asked(name="見本　kengo"), Asked(born=date(2000, 1, 1))])
def test_a_question_names_somebody(asked: Asked, registrar: Desk) -> None:
    with pytest.raises(NotDone) as raised:
        history(registrar, asked, INQUIRY)
    assert raised.value.why is WhyNot.NO_QUESTION


def test_only_some_roles_may_ask(server: ServerForTests) -> None:
    for role in set(OfficeRole) - {OfficeRole.REGISTRAR, OfficeRole.AUDITOR}:
        with pytest.raises(NotAllowed):
            history(a_desk(server, "mihon-ta", role, municipality=MUNICIPALITY), Asked(resident_id="kengo"), INQUIRY)
