"""Every page of the console as it is walked by tests: a page whose path names something is told here what there is to
be named."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from certserver.applications.places import Place, Procedure
from certserver.console.app import PAGES
from certserver.identity.enrolments import DeclineReason
from certserver.intake.importing import Wish
from certserver.ledger.alarms import raise_alarm
from certserver.ledger.book import open_book
from certserver.office.alarms import alarms, ask_closing
from certserver.office.applications.inbox import Wanted as WantedApplications
from certserver.office.applications.inbox import inbox
from certserver.office.deciding import decide
from certserver.office.enrolments import decline, enrolments
from certserver.office.import_runs import begin_run
from certserver.office.issued.marking import mark
from certserver.office.issued.recalls import ask
from certserver.office.issued.wanted import Wanted
from certserver.office.people import add_person, ask_role
from certserver.office.proposals import waiting
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.settings.content import Content
from certserver.office.settings.counter_parts import CommissionPart, PaperPart
from certserver.pipeline.sheet_status import SheetState
from certserver.storage.issued import ledger
from koufu.evidence.words import CertificateKind
from tests.support.console import EVERY_ROLE, ConsoleForTests
from tests.support.enrolments import waits
from tests.support.inbox_applications import ELSEWHERE, record
from tests.support.inbox_applications import sent as applied
from tests.support.ledger_entries import Made, enter
from tests.support.server_settings import POST_OFFICE
from tests.support.setting_drafts import proposed, settled, with_kind
from tests.support.terminals import told_terminals

BUILD = "0.9.0"
"""Of a terminal that printed something wrong."""

NAMED: dict[str, Callable[[ConsoleForTests], str]] = {
    "/ledger/documents/{document}": lambda console: f"/ledger/documents/{first_document(console)}",
    "/applications/{application}": lambda console: f"/applications/{first_application(console)}",
    "/applications/{application}/attachments/{attachment}": lambda console: (
        f"/applications/{first_application(console)}/attachments/1"
    ),
    "/applications/{application}/papers/{paper}.pdf": lambda console: (
        f"/applications/{first_application(console)}/papers/application-form.pdf"
    ),
    "/applications/{application}/proxy": lambda console: f"/applications/{first_application(console)}/proxy",
    "/enrolments/{enrolment}": lambda console: f"/enrolments/{enrolments(console.desk('aoi'))[0].number}",
    "/registers/imports/{run}": lambda _console: "/registers/imports/1",
    "/ledger/recalls/{recall}": lambda _console: "/ledger/recalls/1",
    "/ledger/recalls/{recall}/report": lambda _console: "/ledger/recalls/1/report",
    "/ledger/recalls/{recall}/sheets": lambda _console: "/ledger/recalls/1/sheets",
    "/reports/{name}": lambda _console: "/reports/cards-by-age",
    "/people/{mark}": lambda _console: "/people/midori",
    "/settings/drafts/{number}": lambda _console: "/settings/drafts/1",
    "/settings/drafts/{number}/more": lambda _console: "/settings/drafts/1/more",
    "/settings/drafts/{number}/samples/{kind}/{which}": lambda _console: "/settings/drafts/1/samples/residence/whole",
    "/terminals/{terminal}": lambda _console: "/terminals/kiosk-1",
    "/settings/kinds/{kind}": lambda _console: "/settings/kinds/residence",
}
"""By a route whose path has names in braces: a path of it, made from what the console of the walk holds."""


def shown_paths(console: ConsoleForTests) -> list[str]:
    """The path of every page that can be shown."""
    routes = [page.path for page in PAGES if page.show is not None and not page.file]
    unnamed = [path for path in routes if "{" in path and path not in NAMED]
    assert not unnamed, f"say in tests/support/console_pages.py what these pages are walked with: {unnamed}"
    return [NAMED[path](console) if path in NAMED else path for path in routes]


def fill(console: ConsoleForTests) -> None:
    """Lets every page have something to show: aoi may everything, midori is asked and decided for, alarms are open and
    closed, drafts of settings and enrolments wait and were decided, card applications wait, and of what was issued some
    is called back."""
    console.hire("aoi", *EVERY_ROLE)
    console.hire("midori", OfficeRole.APPROVER)
    asking, deciding = console.desk("aoi"), console.desk("midori")
    add_person(asking, "ren", "見本　蓮")
    # Before the alarms: those stop what people do with applications.
    for number, express in enumerate((True, False, False)):
        applied(asking, record(asking, f"resident-{number}"), express=express)
    applied(asking, "elsewhere", residence=ELSEWHERE, until="capture")
    for number, what in enumerate(("face", "document number", "signature")):
        an_alarm(console, number, what)
    said = "紙を入れかえ、試し刷りで確かめた。"
    asked = [ask_closing(asking, alarm.alarm_id, said) for alarm in alarms(asking)[:2]]
    decide(deciding, asked[-1], approve=True)
    ask_role(asking, HeldRole("midori", OfficeRole.AUDITOR, console.today()))
    console.hire("haru", OfficeRole.CONFIGURER)
    ask_role(console.desk("haru"), HeldRole("ren", OfficeRole.VIEWER, console.today()))
    made = [Made(terminal=f"kiosk-{at % 2}", build=BUILD if at < 4 else "1.0.0", person=at % 3) for at in range(60)]
    enter(console.server.database, console.municipality, made, console.now() - 86_400)
    mark(asking, first_document(console), SheetState.SPOILED, "紙が裏返しだった。")
    recalled = [Wanted(terminal_build=BUILD), Wanted(terminal="kiosk-1")]
    for wanted in recalled:
        ask(asking, wanted, "けん制文字が印刷されていなかった。")
    # The first is called back, the second one waits.
    first = next(each for each in waiting(deciding) if each.about.get("recall") == "1")
    decide(deciding, first.proposal_id, approve=True)
    begin_run(asking, "2026-06-09", Wish())
    begin_run(asking, "2026-06-10", Wish(dry_run=True))
    told_terminals(console.server, asking)
    waits(asking, 1)
    decline(asking, waits(asking, 2), DeclineReason.NOT_FOUND)
    proposed(asking, with_kind(asking, CertificateKind.RESIDENCE, fee=300))
    settled(asking, deciding, with_kind(asking, CertificateKind.RESIDENCE, fee=250))
    settled(asking, deciding, Content(commissions=(an_office(),)))


def an_office() -> CommissionPart:
    """A designated post office with everything behind it."""
    paper = PaperPart(cited="第1号", day=date(2026, 3, 1))
    return CommissionPart(
        office=POST_OFFICE.name,
        called="見本本町郵便局",
        place=Place.POST_OFFICE_X509,
        since=date(2026, 4, 1),
        procedures=(Procedure.X509_RENEWAL, Procedure.PIN_RESET),
        resolution=paper,
        contract=paper,
        notice=paper,
    )


def first_application(console: ConsoleForTests) -> str:
    """The number of the application that stands first in the inbox."""
    return inbox(console.desk("aoi"), WantedApplications()).entries[0].application_id


def first_document(console: ConsoleForTests) -> str:
    """The number of the oldest entry of the ledger."""
    table = ledger.c
    with console.server.database.reading() as connection:
        wanted = select(table.document_no).where(table.municipality == console.municipality, table.ledger_seq == 1)
        return str(connection.execute(wanted).scalar_one())


def an_alarm(console: ConsoleForTests, number: int, what: str) -> bytes:
    """An alarm that is open."""
    alarm_id = bytes([number]) * 16
    with console.server.database.writing() as connection, open_book(connection, console.municipality) as book:
        raise_alarm(connection, book, alarm_id, "kiosk-1", what, console.now())
    return alarm_id
