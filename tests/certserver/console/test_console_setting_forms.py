"""Forms of settings bring back all that they showed, and nothing that is older than what stands."""

import re
from datetime import date, timedelta

import pytest

from certserver.console.texts import Language, catalogue
from certserver.office.rights import OfficeRole
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Subject
from certserver.office.settings.drafts import drafts, stands
from certserver.office.settings.making import LONGEST_WHY
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


Fields = list[tuple[str, str]]


def over(fields: Fields, **typed: str) -> Fields:
    """Fields of a form with some typed anew; a box that is typed empty has no tick."""
    kept = [(name, value) for name, value in fields if name not in typed]
    return [*kept, *((name, value) for name, value in typed.items() if value or name != "choice")]


def filled_in(side: BrowserSide, path: str, **typed: str) -> Fields:
    """The form of a page with some fields typed anew."""
    return over(form_as_sent(side.get(path).body, path.partition("?")[0]), **typed)


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
    sent = filled_in(side, "/settings/closures", **{f"since-{row}": "2026-08-01" for row in range(201)})
    answered = side.ask("POST", "/settings/closures", sent)
    assert answered.status == 422
    assert "行数が多すぎます" in answered.body
    assert answered.body.count('value="2026-08-01"') == 201
    assert drafts(office.desk("aoi")) == ()


def test_a_form_that_grew_old_is_not_taken_after_a_mistake_either(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    typed = filled_in(side, KIND, fee="free")
    put_in_force(office, with_kind(office.desk("aoi"), RESIDENCE, max_copies=2))
    mistaken = side.ask("POST", KIND, typed)
    assert mistaken.status == 422
    answered = side.ask("POST", KIND, over(form_as_sent(mistaken.body, KIND), fee="350"))
    assert answered.status == 409
    assert len(drafts(office.desk("aoi"))) == 1
    # What stands is in the fields, what was typed is told beside it; sent once more nothing is undone.
    assert ("max_copies", "2") in form_as_sent(answered.body, KIND)
    assert "表示中に設定が変わりました" in answered.body
    assert "<ins>350円</ins>" in answered.body
    again = over(form_as_sent(answered.body, KIND), fee="350")
    assert side.ask("POST", KIND, again).said == "draft-kept"
    assert drafts(office.desk("aoi"))[0].difference.subjects >= {FEE}
    assert residence(office).max_copies == 2


def faults(body: str) -> dict[str, str]:
    """By input what a page says is wrong with it; each is marked, described and led to from the top."""
    found = {}
    for place, text in re.findall(r'<p class="fault" id="([^"]+)-wrong">.*?<span>(.*?)</span>', body):
        (tag,) = re.findall(rf'<(?:input|select|textarea|fieldset) id="{place}"[^>]*>', body)
        assert re.search(rf'aria-describedby="[^"]*{place}-wrong"', tag), tag
        assert 'aria-invalid="true"' in tag or tag.startswith("<fieldset"), tag
        assert f'<li><a href="#{place}">' in body, place
        found[place] = text
    assert body.count('<li><a href="#') == len(found)
    return found


def test_each_mistake_stands_at_its_field_and_row(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    wrong = {"fee": "-1", "max_copies": "many", "opens-0": "25:00", "choice": "", "age-0": "75", "age-fee-0": ""}
    wrong |= {"outlet-3": "mihon-9", "opens-3": "18:00", "closes-3": "09:00"}
    answered = side.ask("POST", KIND, filled_in(side, KIND, **wrong))
    assert answered.status == 422
    found = faults(answered.body)
    assert found.keys() == {"fee", "max_copies", "opens-0", "scopes", "age-fee-0", "closes-3"}
    assert found["closes-3"] == catalogue(Language.JAPANESE)["mistake.order"]
    assert "4行目 終了" in answered.body
    for name in ("opens-0", "age-0", "closes-3"):
        assert f'name="{name}"' in answered.body
        assert f'value="{wrong[name]}"' in answered.body


UNSET = {"fee", "outlet-0", "scopes"}
"""What a kind lacks that was never set."""

MISTAKES = (
    ("/settings/closures", {"since-0": "soon", "reason-0": "x", "reason_en-0": "x"}, {"since-0"}),
    ("/settings/closures", {"since-7": "2026-08-01", "outlet-7": "*"}, {"reason-7", "reason_en-7"}),
    (
        "/settings/closures",
        {"since-0": "2028-02-29", "yearly-0": "yes", "reason-0": "x", "reason_en-0": "x"},
        {"since-0"},
    ),
    ("/settings/purposes", {"code-0": "Bank", "name-1": "長" * 401}, {"code-0", "name-1"}),
    ("/settings/purposes", {"code-0": "bank", "code-1": "bank"}, {"code-1"}),
    (
        "/settings/profile",
        {"mayor_name": "", "window-phone": "", "name_kana": "kana"},
        {"mayor_name", "window-phone", "name_kana"},
    ),
    ("/settings/profile", {"clause-residence-whole": "一行\n二行"}, {"clause-residence-whole"}),
    ("/settings/kinds/income-tax", {"years": "2026, now"}, UNSET | {"years"}),
    ("/settings/kinds/income-tax", {"years": "2026, 2026"}, UNSET | {"years"}),
)


def test_every_form_says_where_its_mistakes_are(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    for path, typed, places in MISTAKES:
        answered = side.ask("POST", path, filled_in(side, path, **typed))
        assert answered.status == 422, (path, typed)
        assert faults(answered.body).keys() == places, (path, typed)
    assert drafts(office.desk("aoi")) == ()


def test_a_reason_and_an_instant_are_told_at_their_fields(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    path = f"/settings/drafts/{proposed(desk, with_kind(desk, RESIDENCE, fee=300)).number}"
    side = office.signed_in("aoi")
    side.get(path)
    for typed, place in (
        ({"why": "長" * (LONGEST_WHY + 1)}, "why"),
        ({"why": "x", "effective": "2020-01-01T00:00:00"}, "effective"),
    ):
        answered = side.post(f"{path}/when", **typed)
        assert answered.status == 422
        assert faults(answered.body).keys() == {place}
        assert f'value="{typed[place]}"' in answered.body


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
