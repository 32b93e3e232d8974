"""A document that does not answer the order, mixed up on the wire or in the press: nothing of it is ever
printed, the money comes back, and the municipality is suspended until a person has looked (I1, I5, I9)."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from certserver.stages import RenderedDocument
from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind
from koufu.v1 import issuance_pb2 as wire
from tests.support.journey_server import Alter, Municipality
from tests.support.journey_steps import Journey
from tests.support.journey_wire import Tamper

Another = Callable[[], Journey]
ON_HOLD = ("証明書の発行を止めています", "Certificates are on hold")
TWO = ("pension", "bank")


def orders(j: Journey, card: str, *purposes: str) -> None:
    """Up to the money."""
    j.identifies(card)
    j.chooses(purposes[0])
    for purpose in purposes[1:]:
        j.touches("add-line", f"purpose-{purpose}", "primary")
        if j.shows(at.ChooseOptions):
            j.touches("primary")
    j.touches("primary")
    j.takes_card()
    j.sees("お金を入れてください")


def visits(j: Journey, card: str, *purposes: str) -> None:
    """Up to what the check before paper says."""
    orders(j, card, *purposes)
    j.pays(1000)
    j.waits_while_it_works()


def raises_an_alarm(j: Journey, municipality: Municipality) -> None:
    """Nothing printed, all money back, nobody served until a person closes the alarm."""
    j.is_told(
        what=("内容がお申し込みと合いません", "The content does not match your order"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=("係員がまいります", "Staff are coming"),
    )
    j.sees("安全のため、印刷しないで消しました", "erased without being printed")
    assert not j.office.sheets
    j.office.wire.comes_back()
    municipality.press.alter = lambda document: document
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.SUSPENDED, says=ON_HOLD)
    assert municipality.open_alarms()
    j.waits(600)
    j.ends_closed(OutOfService.SUSPENDED, says=ON_HOLD)
    municipality.close_alarms()
    j.ends_at_start()
    assert j.delivered == 0
    municipality.verify_audit_log()


class Recorded:
    """The answers of one visit, to be put into another."""

    def __init__(self) -> None:
        self.answers: dict[str, list[bytes]] = {}

    def listen(self, method: str, answers: list[bytes]) -> list[bytes]:
        self.answers[method] = answers
        return answers

    def in_place_of(self, method: str) -> Tamper:
        return lambda called, answers: self.answers[method] if called == method else answers

    def bytes_in_place(self) -> Tamper:
        """Another's file behind our own document's number."""

        def put(called: str, answers: list[bytes]) -> list[bytes]:
            if called != "Prepare":
                return answers
            theirs = [wire.PrepareReply.FromString(each) for each in self.answers["Prepare"]]
            ours = wire.PrepareReply.FromString(answers[0])
            ours.document.encrypted_hash = theirs[0].document.encrypted_hash
            ours.document.encrypted_length = theirs[0].document.encrypted_length
            return [ours.SerializeToString(), *self.answers["Prepare"][1:]]

        return put


@pytest.fixture
def of_another(another: Another) -> Recorded:
    """What another resident's visit was answered, up to the paper."""
    recorded = Recorded()
    other = another()
    other.office.wire.tampers(recorded.listen)
    visits(other, "tsuji-misaki", "employer")
    other.office.wire.comes_back()
    other.sees("証明書をお取りください")
    other.takes_everything()
    other.touches("primary")
    other.ends_at_start()
    return recorded


@pytest.mark.parametrize("method", ["Prepare", "Release"])
def test_i1_another_visits_answer(j: Journey, of_another: Recorded, method: str, municipality: Municipality) -> None:
    j.office.wire.tampers(of_another.in_place_of(method))
    visits(j, "tsuji-kengo", "employer")
    raises_an_alarm(j, municipality)


def test_i1_another_visits_file_behind_our_number(j: Journey, of_another: Recorded, municipality: Municipality) -> None:
    j.office.wire.tampers(of_another.bytes_in_place())
    visits(j, "tsuji-kengo", "employer")
    raises_an_alarm(j, municipality)


def test_i1_another_visits_whole_order(j: Journey, of_another: Recorded, municipality: Municipality) -> None:
    j.office.wire.tampers(lambda called, answers: of_another.answers[called] if called in ISSUING else answers)
    visits(j, "tsuji-kengo", "employer")
    raises_an_alarm(j, municipality)


ISSUING = ("Prepare", "Release")


def keys_swapped(called: str, answers: list[bytes]) -> list[bytes]:
    if called != "Release":
        return answers
    first, second = (wire.ReleaseReply.FromString(each) for each in answers)
    first.issued.key, second.issued.key = second.issued.key, first.issued.key
    return [first.SerializeToString(), second.SerializeToString()]


def statements_swapped(called: str, answers: list[bytes]) -> list[bytes]:
    if called != "Release":
        return answers
    first, second = (wire.ReleaseReply.FromString(each) for each in answers)
    first.issued.line, second.issued.line = second.issued.line, first.issued.line
    return [second.SerializeToString(), first.SerializeToString()]


def documents_in_another_order(called: str, answers: list[bytes]) -> list[bytes]:
    if called != "Prepare":
        return answers
    parts = [wire.PrepareReply.FromString(each) for each in answers]
    starts = [at for at, part in enumerate(parts) if part.HasField("document")]
    return [*answers[starts[1] :], *answers[: starts[1]]]


def a_signature_byte(called: str, answers: list[bytes]) -> list[bytes]:
    if called != "Release":
        return answers
    first = wire.ReleaseReply.FromString(answers[0])
    first.issued.signature = flipped(first.issued.signature, 7)
    return [first.SerializeToString(), *answers[1:]]


def a_byte_of_the_file_with_its_hash(called: str, answers: list[bytes]) -> list[bytes]:
    if called != "Prepare":
        return answers
    parts = [wire.PrepareReply.FromString(each) for each in answers]
    last = next(at for at in range(len(parts) - 1, -1, -1) if parts[at].HasField("document"))
    parts[-1].chunk = flipped(parts[-1].chunk, len(parts[-1].chunk) // 2)
    whole = b"".join(part.chunk for part in parts[last + 1 :])
    parts[last].document.encrypted_hash = sha256(whole).digest()
    return [part.SerializeToString() for part in parts]


def flipped(whole: bytes, place: int) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


MIXED = (keys_swapped, statements_swapped, a_signature_byte, a_byte_of_the_file_with_its_hash)


@pytest.mark.parametrize("tamper", MIXED, ids=lambda tamper: tamper.__name__)
def test_i1_what_came_over_the_wire_is_not_what_was_ordered(
    j: Journey, tamper: Tamper, municipality: Municipality
) -> None:
    j.office.wire.tampers(tamper)
    visits(j, "tsuji-kengo", *TWO)
    raises_an_alarm(j, municipality)


def test_i9_an_alarm_that_the_server_never_heard_of_outlives_a_restart(j: Journey, municipality: Municipality) -> None:
    j.office.wire.tampers(a_byte_of_the_file_with_its_hash)
    j.office.wire.goes_away(at="ReportOutcome")
    visits(j, "tsuji-kengo", *TWO)
    j.sees("内容がお申し込みと合いません")
    j.power_fails()
    j.takes_everything()
    j.office.wire.comes_back()
    j.power_returns()
    began = len(j.told)
    j.waits(600)
    j.ends_closed(OutOfService.SUSPENDED, says=ON_HOLD)
    assert not [line for line in j.told[began:] if line.endswith("Start")]
    assert municipality.open_alarms()
    municipality.close_alarms()
    j.ends_at_start()
    j.power_fails()
    j.power_returns()
    j.ends_at_start()


def test_i1_documents_in_another_order_are_found_before_money(j: Journey, municipality: Municipality) -> None:
    j.office.wire.tampers(documents_in_another_order)
    j.identifies("tsuji-kengo")
    j.chooses()
    j.touches("add-line", "purpose-bank", "primary", "primary")
    j.is_told(
        what=("内容がお申し込みと合いません", "The content does not match your order"),
        money=("お金は、いただいていません", "No money was taken"),
        to_do=("係員がまいります", "Staff are coming"),
    )
    j.office.wire.comes_back()
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.SUSPENDED, says=ON_HOLD)
    assert municipality.open_alarms()
    municipality.close_alarms()
    j.ends_at_start()


def test_one_changed_byte_on_the_way_is_asked_for_again(j: Journey) -> None:
    spoiled: list[str] = []

    def once(called: str, answers: list[bytes]) -> list[bytes]:
        if called != "Prepare" or spoiled:
            return answers
        spoiled.append(called)
        return [*answers[:-1], flipped(answers[-1], len(answers[-1]) - 1)]

    j.office.wire.tampers(once)
    visits(j, "tsuji-kengo", "employer")
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (spoiled, j.issued, j.delivered) == (["Prepare"], 1, 1)


def with_pages(
    document: RenderedDocument, arrange: Callable[[pdfium.PdfDocument], pdfium.PdfDocument]
) -> RenderedDocument:
    """The document with its pages arranged in another way; all that is said about it stays."""
    source = pdfium.PdfDocument(document.file)
    changed, out = arrange(source), BytesIO()
    changed.save(out)
    changed.close()
    source.close()
    return replace(document, file=out.getvalue())


def faces_swapped(document: RenderedDocument) -> RenderedDocument:
    return with_pages(document, lambda source: picked(source, [2, 1, 0, 3]))


def a_sheet_short(document: RenderedDocument) -> RenderedDocument:
    return with_pages(document, lambda source: picked(source, [0, 1]))


def page_one_twice(document: RenderedDocument) -> RenderedDocument:
    return with_pages(document, lambda source: picked(source, [0, 1, 0, 1]))


def picked(source: pdfium.PdfDocument, pages: list[int]) -> pdfium.PdfDocument:
    changed = pdfium.PdfDocument.new()
    changed.import_pages(source, pages)
    return changed


def face_without_code(document: RenderedDocument) -> RenderedDocument:
    def blank(source: pdfium.PdfDocument) -> pdfium.PdfDocument:
        changed = picked(source, [0, 1, 2, 3])
        changed.del_page(0)
        changed.new_page(595.28, 841.89, 0)
        return changed

    return with_pages(document, blank)


@pytest.mark.parametrize("alter", [faces_swapped, a_sheet_short, page_one_twice], ids=lambda alter: alter.__name__)
def test_i5_pages_that_do_not_belong_together(j: Journey, alter: Alter, municipality: Municipality) -> None:
    municipality.press.alter = alter
    visits(j, "yamazaki-daisuke", "pension")
    raises_an_alarm(j, municipality)


def test_i1_the_face_of_another_document(j: Journey, another: Another, municipality: Municipality) -> None:
    made: list[RenderedDocument] = []

    def keep(document: RenderedDocument) -> RenderedDocument:
        made.append(document)
        return document

    municipality.press.alter = keep
    other = another()
    orders(other, "tsuji-misaki", "employer")
    municipality.press.alter = lambda document: replace(document, file=made[0].file)
    visits(j, "tsuji-kengo", "employer")
    raises_an_alarm(j, municipality)
    other.touches("back")
    other.ends_at_start()


def test_a_code_that_can_not_be_read_is_the_terminals_fault_and_no_alarm(
    j: Journey, municipality: Municipality
) -> None:
    municipality.press.alter = face_without_code
    visits(j, "yamazaki-daisuke", "pension")
    j.is_told(
        what=("証明書を確かめられません", "The certificate cannot be checked"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=("係員がまいります", "Staff are coming"),
    )
    assert isinstance(j.kiosk.state.scene, at.Fault)
    assert j.kiosk.state.scene.report.kind is FaultKind.DOCUMENT_UNREADABLE
    assert not j.office.sheets
    assert not municipality.open_alarms()
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 0)


def test_i9_an_alarm_of_one_terminal_stops_the_others(
    j: Journey, another: Another, of_another: Recorded, municipality: Municipality
) -> None:
    other = another()
    other.identifies("oliveira-maria")
    other.chooses()
    j.office.wire.tampers(of_another.in_place_of("Release"))
    visits(j, "tsuji-kengo", "employer")
    j.sees("内容がお申し込みと合いません")
    j.waits(1)
    other.touches("primary")
    other.is_told(what=ON_HOLD, money=None, to_do=("窓口でお取りください", "Please use the counter"))
    other.takes_everything()
    other.touches("primary")
    other.waits(40)
    other.ends_closed(OutOfService.SUSPENDED, says=ON_HOLD)
    raises_an_alarm(j, municipality)
