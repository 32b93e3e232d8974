"""Every page of the clerk's window, of the day and of every case, in both languages, in normal type and large: words
stay whole and where they stand, and what went wrong is in sight however far a page is scrolled."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.counter import scenes as desk_at
from kiosk.counter.desk import Desk
from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens.desk_samples import PAGES
from kiosk.screens.fingers import walk
from tests.kiosk.screens.desk_geometry import complaints
from tests.support.counter_screens import CaseStage, at_counter, cases, with_case


@cache
def pages() -> Mapping[str, tuple[Desk, Terminal]]:
    """All there are, by name."""
    in_case = {name: (with_case(case), at_counter(Presentation())) for name, case in cases().items()}
    return {**in_case, **PAGES}


class Clerk:
    """The clerk's window beside a resident's that is not drawn."""

    def __init__(self) -> None:
        self.stage = CaseStage()
        self.window = self.stage.clerk_window()
        self.window.open(full_screen=False)

    def shows(self, desk: Desk, terminal: Terminal, language: Language, *, large: bool) -> None:
        self.stage.desk = desk = replace(desk, language=language, large=large)
        terminal = replace(terminal, presentation=Presentation(language=language))
        self.window.show(desk, terminal, self.stage.window.screen(terminal))
        self.window.settle()

    def item(self, name: str) -> QQuickItem:
        return next(each for each in walk(self.window.view.contentItem()) if each.objectName() == name)


@pytest.fixture(scope="module")
def clerk(qapp: object) -> Iterator[Clerk]:
    made = Clerk()
    yield made
    made.window.close()
    made.stage.window.close()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", [Language.JAPANESE, Language.ENGLISH])
def test_words_stay_whole_and_where_they_stand(clerk: Clerk, language: Language, large: bool) -> None:
    wrong = {}
    for name, (desk, terminal) in pages().items():
        clerk.shows(desk, terminal, language, large=large)
        if found := complaints(clerk.window.view):
            wrong[name] = found
    assert not wrong


def test_what_went_wrong_is_in_sight_however_far_a_page_is_scrolled(clerk: Clerk) -> None:
    """Before two the second person signs in at the foot of the page: what is said of it stands above all the same."""
    sign = desk_at.SignIn(problem=desk_at.SignInProblem.WAIT, wait_s=60)
    before_two = desk_at.BeforeTwo(desk_at.DestroySheets("7K2MQX4D9RTBC1AW", 2), sign)
    desk, terminal = PAGES["desk-destroy"]
    clerk.shows(replace(desk, scene=before_two, notice="second"), terminal, Language.JAPANESE, large=True)
    scrolled = clerk.item("zone:main").parentItem().parentItem()
    assert scrolled.property("contentHeight") > scrolled.height()
    scrolled.setProperty("contentY", scrolled.property("contentHeight") - scrolled.height())
    clerk.window.settle()
    said = clerk.item("zone:alerts")
    words = [str(each.property("text")) for each in walk(said) if each.property("parts") is not None]
    assert [text.replace("|", "") for text in words] == [
        "二人目の職員が必要です。",
        "続けて失敗しました。60秒待ってからお試しください。",
    ]
    place = said.mapRectToScene(said.boundingRect())
    assert place.top() > 0
    assert place.bottom() <= scrolled.mapToScene(scrolled.boundingRect().topLeft()).y()


def test_a_field_keeps_the_keyboard_when_something_goes_wrong(clerk: Clerk) -> None:
    desk, terminal = PAGES["desk-supplies"]
    clerk.shows(desk, terminal, Language.JAPANESE, large=True)
    clerk.window.view.requestActivate()
    clerk.window.settle()
    field = clerk.item("field:yen-1")
    field.forceActiveFocus()
    clerk.shows(replace(desk, notice="pieces"), terminal, Language.JAPANESE, large=True)
    assert clerk.item("field:yen-1") is field
    assert field.hasActiveFocus()
    assert (
        field.mapToScene(field.boundingRect().bottomLeft()).y()
        < clerk.item("key:primary").mapToScene(clerk.item("key:primary").boundingRect().topLeft()).y()
    )
