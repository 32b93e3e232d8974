"""The IPP operations a kiosk needs, as typed questions to one printer. Keeps no state but the request number."""

from collections.abc import Sequence
from dataclasses import dataclass

from printers.errors import AnswerLost
from printers.ipp.codec import (
    Answer,
    Attribute,
    Group,
    GroupTag,
    Operation,
    ValueTag,
    decode_answer,
    encode_request,
    keyword,
)
from printers.ipp.state import (
    A4,
    BOTH_SIDES,
    JOB_ATTRIBUTES,
    PDF,
    STATUS_ATTRIBUTES,
    JobFacts,
    PrinterFacts,
    read_job,
    read_printer,
)
from printers.ipp.transport import IppTransport

_USER = "koufu"
_NOT_FOUND = 0x0406
_NOT_SUPPORTED = 0x0501
_NOT_TAKEN = frozenset((*range(0x0400, 0x0410), *range(0x0413, 0x0500), 0x0501, 0x0502, 0x0503, 0x0506, 0x0509, 0x050A))
"""Statuses that say that the printer did not begin with a job (RFC 8011, appendix B). The others are told by a printer
that broke over it or was stopped (internal, device and temporary error, job canceled), or are none."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The printer took the job under this number. `ignored` names what it would not do as asked."""

    number: int
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refused:
    """The printer does not do the job; the IPP status says why."""

    status: int

    @property
    def certain(self) -> bool:
        """Whether it certainly took nothing of it."""
        return self.status in _NOT_TAKEN


class IppClient:
    """Asks one printer. Every question raises `PrinterAway`, or its kind `AnswerLost`, when no sense came back."""

    def __init__(self, transport: IppTransport) -> None:
        self._transport = transport
        self._request_id = 0

    def printer(self) -> PrinterFacts:
        """Get-Printer-Attributes."""
        told = self.attributes(STATUS_ATTRIBUTES)
        if told is None:
            raise AnswerLost("the printer does not tell its state: there is none of that name")
        return read_printer(told)

    def attributes(self, names: Sequence[str]) -> Group | None:
        """Get-Printer-Attributes for these; None when there is no such printer."""
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, [keyword("requested-attributes", *names)])
        if answer.status == _NOT_FOUND:
            return None
        if not answer.successful:
            raise AnswerLost(f"the printer does not tell its state: status {answer.status:04x}")
        return answer.first(GroupTag.PRINTER)

    def print_job(self, name: str, document: bytes, facts: PrinterFacts) -> Taken | Refused:
        """Print-Job of a PDF on A4, both sides, nothing scaled. Fidelity is asked for, so that a printer refuses what
        it can't do instead of doing something else (RFC 8011, 4.2.1.1)."""
        operation, wishes = _wanted(name, facts, PDF)
        answer = self._ask(Operation.PRINT_JOB, operation, wishes, document)
        if not answer.successful:
            return Refused(answer.status)
        number = answer.first(GroupTag.JOB).integer("job-id")
        if number is None:
            raise AnswerLost("the printer took the job and did not tell its number")
        return Taken(number, frozenset(answer.first(GroupTag.UNSUPPORTED).attributes))

    def validate(self, name: str, facts: PrinterFacts, document_format: str = PDF) -> Refused | None:
        """Validate-Job: whether it would take such a job; no job is made. None when it would, or can't say."""
        operation, wishes = _wanted(name, facts, document_format)
        answer = self._ask(Operation.VALIDATE_JOB, operation, wishes)
        return None if answer.successful or answer.status == _NOT_SUPPORTED else Refused(answer.status)

    def identify(self) -> None:
        """Identify-Printer by its display, without a sound: something to wake up for."""
        self._ask(Operation.IDENTIFY_PRINTER, [keyword("identify-actions", "display")])

    def job(self, number: int) -> JobFacts | None:
        """Get-Job-Attributes; None when the printer knows no such job (any more)."""
        answer = self._ask(
            Operation.GET_JOB_ATTRIBUTES, [keyword("requested-attributes", *JOB_ATTRIBUTES)], number=number
        )
        if answer.status == _NOT_FOUND:
            return None
        facts = read_job(answer.first(GroupTag.JOB)) if answer.successful else None
        if facts is None:
            raise AnswerLost(f"the printer does not tell the job's state: status {answer.status:04x}")
        return facts

    def jobs(self, *, settled: bool) -> tuple[tuple[int, str], ...]:
        """Get-Jobs: number and name of the kiosk's own jobs."""
        answer = self._ask(
            Operation.GET_JOBS,
            [
                keyword("requested-attributes", "job-id", "job-name"),
                keyword("which-jobs", "completed" if settled else "not-completed"),
                Attribute("my-jobs", ValueTag.BOOLEAN, (True,)),
            ],
        )
        if not answer.successful:
            raise AnswerLost(f"the printer does not list its jobs: status {answer.status:04x}")
        found = ((group.integer("job-id"), "".join(group.keywords("job-name"))) for group in answer.all(GroupTag.JOB))
        return tuple((number, name) for number, name in found if number is not None)

    def cancel(self, number: int) -> None:
        """Cancel-Job. Whether the printer dropped the job is told by the job's state."""
        self._ask(Operation.CANCEL_JOB, number=number)

    def cancel_all(self) -> None:
        """Cancel-My-Jobs: all of the kiosk's own that are not settled."""
        self._ask(Operation.CANCEL_MY_JOBS)

    def _ask(
        self,
        operation: Operation,
        attributes: Sequence[Attribute] = (),
        wishes: Sequence[Attribute] = (),
        document: bytes = b"",
        *,
        number: int | None = None,
    ) -> Answer:
        request_id = self._request_id = self._request_id % 0x7FFFFFFF + 1
        # The order of these first ones is prescribed (RFC 8011, 4.1.4 and 4.1.5).
        head = [
            Attribute("attributes-charset", ValueTag.CHARSET, ("utf-8",)),
            Attribute("attributes-natural-language", ValueTag.LANGUAGE, ("en",)),
            Attribute("printer-uri", ValueTag.URI, (self._transport.printer_uri,)),
        ]
        if number is not None:
            head.append(Attribute("job-id", ValueTag.INTEGER, (number,)))
        head.append(Attribute("requesting-user-name", ValueTag.NAME, (_USER,)))
        groups = [(GroupTag.OPERATION, [*head, *attributes])]
        if wishes:
            groups.append((GroupTag.JOB, list(wishes)))
        request = encode_request(operation, request_id, groups)
        answer = decode_answer(self._transport.exchange(request + document))
        if answer.request_id != request_id:
            raise AnswerLost("the printer answered another request")
        return answer


def _wanted(name: str, facts: PrinterFacts, document_format: str) -> tuple[list[Attribute], list[Attribute]]:
    """A job as operation attributes and job template."""
    operation = [
        Attribute("job-name", ValueTag.NAME, (name,)),
        Attribute("ipp-attribute-fidelity", ValueTag.BOOLEAN, (True,)),
        Attribute("document-format", ValueTag.MIME_TYPE, (document_format,)),
    ]
    wishes = [keyword("media", A4), keyword("sides", BOTH_SIDES)]
    if "none" in facts.scaling:
        wishes.append(keyword("print-scaling", "none"))
    if "monochrome" in facts.colors:
        wishes.append(keyword("print-color-mode", "monochrome"))
    return operation, wishes
