"""Against Tokushima: every page is held against number, place, chain and persons before it is put away, and against the
statement once more as it will look on paper (I5)."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from certserver.pipeline import binding
from kiosk.actions import documents as kiosk_documents
from kiosk.actions import pages
from kiosk.flow.effects import CheckDocuments
from kiosk.flow.events import DocumentsAccepted
from koufu.evidence.statement import Statement
from tests.incidents import mixed_up
from tests.incidents.guard import Guard, Happens, Incident, all_needed, each_alone
from tests.support.kiosk_actions import Heard, Made, attempts_with, encrypt, face, make
from tests.support.server import a_server
from tests.support.server_visit import HOUSEHOLD
from tests.support.sim_documents import coded_pdf
from tests.support.taking_out import Line

TOKUSHIMA = Incident.PAGE_TWO_OF_ANOTHER_PERSON


def put_away(mix: mixed_up.Mix) -> Happens:
    """A document that was mixed up is put away and goes to the terminal."""

    def happens(folder: Path) -> bool:
        with a_server(folder, documents=mixed_up.MixedUp(mix)) as server:
            first, second = server.visit("misaki"), server.visit("kengo", "kiosk-2")
            for visit in (first, second):
                visit.offer()
            first.prepare(first.order(HOUSEHOLD))
            return second.prepare(second.order(HOUSEHOLD))[0].HasField("document")

    return happens


def accepted(*made: Made) -> Happens:
    """The terminal takes documents for those of its order."""

    def happens(_folder: Path) -> bool:
        heard = Heard()
        documents = tuple(each.waiting for each in made)
        check = kiosk_documents.Check(attempts_with(*made), pages.read_faces)
        try:
            check.run(CheckDocuments(1, documents), heard)
        except ValueError:
            return False
        return isinstance(heard.last, DocumentsAccepted)

    return happens


def with_pages(made: Made, file: bytes) -> Made:
    """The same with another file, rightly stated."""
    stated = made.restated(file_hash=sha256(file).digest(), file_length=len(file))
    return replace(stated, file=file, encrypted=encrypt(file))


TWO, OTHER = make(sheets=2), make(number=b"9876543210")


def _page_two_of(other: Statement) -> Made:
    own, hashes = TWO.statement, TWO.statement.content_hashes
    return with_pages(
        TWO, coded_pdf([face(own.document_no, 1, 2, hashes[0]), face(other.document_no, 2, 2, hashes[1])])
    )


PLACE = Line(
    binding.require_rendered,
    "of_page != (municipality, line.line.kind, stamp.document_no, at, pages, stamp.issued_at)",
)
PERSONS = Line(binding.require_rendered, "_names(rendered.contents) != line.extract.names")
CHAIN = Line(binding.require_rendered, "hashes != rendered.content_hashes")
LINKS = Line(
    binding.require_rendered,
    "any(page.previous != before for page, before in zip(rendered.contents, (FIRST, *hashes), strict=False))",
)
BUNDLE = Line(binding.require_rendered, "any(page.bundle != rendered.bundle.hash for page in rendered.contents)")
NUMBER = Line(binding.require_rendered, "rendered.document_no != stamp.document_no")
COPY = Line(
    binding.require_rendered,
    "(rendered.kind, rendered.line, rendered.copy) != (line.line.kind, stamp.line, stamp.copy)",
)
PAGES = Line(binding.require_rendered, "not 1 <= pages <= MAX_PAGES")
FACES = Line(
    kiosk_documents._require_faces,
    "found != (statement.municipality, statement.document_no, number, pages, content[:CONTENT_PREFIX_BYTES])",
)

GUARDS: tuple[Guard, ...] = (
    *all_needed(TOKUSHIMA, put_away(mixed_up.other_page_two), place_of_a_page=PLACE),
    *all_needed(TOKUSHIMA, put_away(mixed_up.other_page_two_with_our_number), persons_of_a_page=PERSONS),
    *all_needed(TOKUSHIMA, put_away(mixed_up.other_page_two_with_our_hashes), chain_of_hashes=CHAIN),
    *all_needed(TOKUSHIMA, put_away(mixed_up.a_page_after_no_page), links_between_pages=LINKS),
    *all_needed(TOKUSHIMA, put_away(mixed_up.of_another_bundle), form_bundle_of_every_page=BUNDLE),
    *each_alone(TOKUSHIMA, put_away(mixed_up.pages_in_another_order), order_of_pages=PLACE, order_of_persons=PERSONS),
    *each_alone(TOKUSHIMA, put_away(mixed_up.a_page_short), number_of_pages=PLACE, number_of_persons=PERSONS),
    *all_needed(TOKUSHIMA, put_away(mixed_up.a_person_short), every_person_ordered=PERSONS),
    *each_alone(
        TOKUSHIMA,
        put_away(mixed_up.the_whole_document_before),
        number_of_the_document=NUMBER,
        number_on_every_page=PLACE,
    ),
    *all_needed(TOKUSHIMA, put_away(mixed_up.of_another_copy), copy_of_the_order=COPY),
    *each_alone(TOKUSHIMA, put_away(mixed_up.without_pages), pages_at_all=PAGES, persons_at_all=PERSONS),
    *all_needed(TOKUSHIMA, accepted(_page_two_of(OTHER.statement)), the_code_on_each_face=FACES),
    *each_alone(
        TOKUSHIMA,
        accepted(replace(TWO, waiting=replace(TWO.waiting, sheets=1))),
        sheets_that_were_announced=Line(kiosk_documents._answering, "len(statement.content_hashes) != document.sheets"),
        sheets_that_are_in_the_file=Line(pages.read_faces, "len(pdf) != 2 * sheets"),
        a_face_for_every_hash=Line(
            kiosk_documents._require_faces,
            "zip(faces, statement.content_hashes, strict=True)",
            "zip(faces, statement.content_hashes)",
        ),
    ),
)
