"""Forms of settings bring back all that they showed, and nothing that is older than what stands."""

from datetime import date, timedelta

import pytest

from certserver.office.rights import OfficeRole
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Subject
from certserver.office.settings.drafts import drafts, stands
from certserver.office.settings.parts import ClosurePart, KindPart, PurposePart
from koufu.evidence.words import CertificateKind, Scope
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.forms_as_sent import form_as_sent
from tests.support.setting_drafts import proposed, settled, with_kind

RESIDENCE = CertificateKind.RESIDENCE
KIND = "/settings/kinds/residence"
FORMS = (KIND, "/settings/closures", "/settings/purposes", "/settings/profile")
FEE = Subject(Area.FEES, "residence")

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.CONFIGURER)
    console.hire("midori", OfficeRole.APPROVER)
    return console


def put_in_force(office: ConsoleForTests, content: Content) -> None:
    settled(office.desk("aoi"), office.desk("midori"), content)


def residence(office: ConsoleForTests) -> KindPart:
    (kind,) = (part for part in stands(office.desk("aoi")).content(office.now()).kinds if part.kind is RESIDENCE)
    return kind


def filled_in(side: BrowserSide, path: str, **typed: str) -> dict[str, str]:
    """The form of a page with some fields typed anew; of boxes with one name the last."""
    action = path.partition("?")[0]
    return {**dict(form_as_sent(side.get(path).body, action)), **typed}


def long_lists(office: ConsoleForTests) -> Content:
    """25 hours and ages, 90 closures, 45 purposes with long notes."""
    (usual, *_) = residence(office).hours
    hours = [usual.model_copy(update={"outlet": f"mihon-{row}"}).model_dump() for row in range(24)]
    ages = [{"ground": "age", "from_age": 65 + row, "fee": 200 - row} for row in range(25)]
    kinds = with_kind(office.desk("aoi"), RESIDENCE, hours=[usual.model_dump(), *hours], exemptions=ages).kinds
    days = [date(2026, 7, 1) + timedelta(days=row) for row in range(90)]
    closures = [
        ClosurePart(since=day, until=day, reason=f"設備の点検のため{day}", reason_en="x", kinds=(RESIDENCE,))
        for day in days
    ]
    said = {"kind": RESIDENCE, "scope": Scope.HOUSEHOLD, "name": "見本", "name_en": "Mihon", "note": "見" * 200}
    purposes = [PurposePart.model_validate({**said, "code": f"own-{row}"}) for row in range(45)]
    return Content(kinds=kinds, closures=tuple(closures), purposes=tuple(purposes))


def test_long_lists_sent_as_they_stand_change_nothing(office: ConsoleForTests) -> None:
    put_in_force(office, long_lists(office))
    side = office.signed_in("aoi")
    for path in FORMS:
        sent = form_as_sent(side.get(path).body, path)
        assert side.ask("POST", path, sent).went == (f"{path}", "nothing-done"), path


def test_more_rows_than_can_be_taken_are_refused_and_not_cut(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    sent = filled_in(side, "/settings/closures")
    sent |= {f"since-{row}": "2026-08-01" for row in range(201)}
    answered = side.ask("POST", "/settings/closures", sent)
    assert answered.status == 422
    assert "行数" in answered.body
    assert answered.body.count('value="2026-08-01"') == 201
    assert drafts(office.desk("aoi")) == ()


def test_a_form_that_grew_old_is_not_taken_after_a_mistake_either(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    typed = filled_in(side, KIND, fee="free")
    put_in_force(office, with_kind(office.desk("aoi"), RESIDENCE, max_copies=2))
    answered = side.ask("POST", KIND, typed)
    assert answered.went == (f"{KIND}", "settings-moved")
    assert len(drafts(office.desk("aoi"))) == 1


def test_a_form_for_a_draft_shows_what_others_set_meanwhile(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    number = proposed(desk, with_kind(desk, RESIDENCE, fee=300)).number
    later = [residence(office).hours[0].model_copy(update={"opens": "09:45"}).model_dump()]
    put_in_force(office, with_kind(desk, RESIDENCE, hours=later))
    side = office.signed_in("aoi")
    path = f"{KIND}?draft={number}"
    sent = form_as_sent(side.get(path).body, KIND)
    assert ("opens-0", "09:45") in sent
    assert side.ask("POST", KIND, sent).went == (f"/settings/drafts/{number}", "draft-kept")
    assert drafts(desk)[1].difference.subjects == {FEE}
