"""Card applications for the inbox of a console, with no terminal: as a clerk of some office would have sent them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from PIL import Image

from certserver.applications.attachments import MediaType
from certserver.applications.states import EventKind
from certserver.demo.applications import OFFICE, Applicant, Wish, take_in
from certserver.demo.scans import document, photo
from certserver.ledger.state import found_municipality, read_state
from certserver.office.desk import Desk
from certserver.registers.model import Household, RegisterDate
from certserver.registers.writing import write_household, write_resident
from tests.support.registers import make_resident

NAME, ADDRESS, BORN = "見本　花", "見本県見本市本町一丁目2番3号", date(1980, 4, 1)
ELSEWHERE = "992029"
"""A municipality whose residents apply here."""


def drawn_photo() -> bytes:
    """A face that nobody has, as a JPEG."""
    return photo()


def drawn_pdf(text: str) -> bytes:
    """A document on two pages, as a PDF."""
    page = Image.open(BytesIO(document(text)))
    written = BytesIO()
    page.save(written, "PDF", save_all=True, append_images=[page])
    return written.getvalue()


def record(desk: Desk, resident: str) -> str:
    """Writes somebody into the register as they are called in their application; their key."""
    with desk.database.writing() as connection:
        write_household(connection, desk.municipality, Household(f"of {resident}", ADDRESS, NAME))
        recorded = replace(make_resident(resident, f"of {resident}"), name=NAME, born=RegisterDate(BORN))
        write_resident(connection, desk.municipality, recorded)
    return resident


def sent(
    desk: Desk, resident: str, *, express: bool = False, outlet: str = OFFICE, residence: str = "", until: str = "send"
) -> str:
    """The number of an application that was taken in and sent, or came as far as `until` says. The register need not
    hold the resident before somebody decides: see `record`."""
    with desk.database.writing() as connection:
        if read_state(connection, residence or desk.municipality) is None:
            found_municipality(connection, residence)
    who = Applicant(resident, NAME, "ミホン　ハナ", BORN, "female", ADDRESS)
    documents = ((MediaType.PNG, document("DRIVING LICENCE")), (MediaType.PDF, drawn_pdf("PASSPORT")))
    wish = Wish(express, residence=residence, outlet=outlet, until=EventKind(until), documents=documents)
    return take_in(desk, who, wish)
