"""Receipts, guidance and fault slips: from what the flow says to paper. Nothing personal is ever on them (I11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.jobs import Tell
from kiosk.actions.site import Site
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.slips import EnrolmentSlip, FaultSlip, GuidanceSlip, Receipt
from kiosk.flow.values import Board, FaultReport, Language, Window
from kiosk.texts import slips as say
from koufu.evidence.numbers import printed
from printers.errors import PrinterError
from printers.model import Printed, SlipPrinter
from printers.slips import build, content
from printers.slips.encode import encode
from printers.slips.model import Paper, Slip
from printers.slips.words import Language as SlipLanguage


@dataclass(frozen=True, slots=True)
class SlipDesk:
    """Runs on the slips lane. `now` gives local time."""

    printer: SlipPrinter
    site: Site
    now: Callable[[], datetime]

    def print(self, effect: do.PrintSlip, tell: Tell) -> None:
        """Prints one slip; whether it came out is told."""
        slip = self._built(effect)
        try:
            settled = self.printer.print(encode(slip, Paper(self.site.slip_width_dots)))
        except PrinterError:
            out = False
        else:
            out = isinstance(settled, Printed)
        tell(on.SlipSettled(effect.attempt, effect.slip, out))

    def _built(self, effect: do.PrintSlip) -> Slip:
        match effect.slip:
            case Receipt():
                return build.receipt(self._receipt(effect.slip, effect.board, effect.language))
            case GuidanceSlip():
                return build.guidance(self._guidance(effect.slip, effect.board, effect.language))
            case EnrolmentSlip():
                return build.guidance(self._enrolled(effect.slip, effect.board, effect.language))
            case FaultSlip(report) if report.owed:
                return build.debt(self._debt(report, effect.board, effect.language))
            case FaultSlip(report):
                return build.fault(self._fault(report, effect.board, effect.language))

    def _receipt(self, receipt: Receipt, board: Board | None, language: Language) -> content.Receipt:
        return content.Receipt(
            terminal=self._terminal(board, language),
            number=receipt.reference,
            moment=self._moment(language),
            lines=tuple(
                content.ReceiptLine(say.kind(kind, language), copies, yen // copies)
                for kind, copies, yen in receipt.lines
            ),
            paid=receipt.inserted,
            change=receipt.change,
            owed=receipt.owed,
            language=_slip_language(language),
        )

    def _guidance(self, slip: GuidanceSlip, board: Board | None, language: Language) -> content.Guidance:
        return content.Guidance(
            terminal=self._terminal(board, language),
            moment=self._moment(language),
            reason=say.declined(slip.reason, slip.kind, language),
            offices=(_office(slip.window, language),),
            bring=_bring(slip, language),
            clerk=say.clerk(slip.reason, Language.JAPANESE),
            language=_slip_language(language),
        )

    def _enrolled(self, slip: EnrolmentSlip, board: Board | None, language: Language) -> content.Guidance:
        return content.Guidance(
            terminal=self._terminal(board, language),
            moment=self._moment(language),
            reason=say.enrolled(printed(slip.number), language),
            offices=(_office(slip.window, language),),
            bring=(),
            language=_slip_language(language),
        )

    def _debt(self, report: FaultReport, board: Board | None, language: Language) -> content.Debt:
        window = board.window if board is not None else None
        return content.Debt(
            terminal=self._terminal(board, language),
            number=report.reference,
            moment=self._moment(language),
            amount=report.owed,
            office=_office(window, language) if window is not None else content.Office(self._place(language), ""),
            notes=(say.happened(report, language), say.money(report, language)),
            language=_slip_language(language),
        )

    def _fault(self, report: FaultReport, board: Board | None, language: Language) -> content.Fault:
        return content.Fault(
            terminal=self._terminal(board, language),
            number=report.reference,
            moment=self._moment(language),
            happened=say.happened(report, language),
            money=say.money(report, language),
            to_do=say.to_do(report, language),
            language=_slip_language(language),
        )

    def _terminal(self, board: Board | None, language: Language) -> content.Terminal:
        japanese = say.printed_in(language) is Language.JAPANESE
        name = "" if board is None else board.municipality_name if japanese else board.municipality_name_en
        phone = "" if board is None else board.window.phone
        return content.Terminal(name, self._place(language), self.site.terminal, phone)

    def _place(self, language: Language) -> str:
        return self.site.place if say.printed_in(language) is Language.JAPANESE else self.site.place_en

    def _moment(self, language: Language) -> str:
        return say.moment(self.now(), language)


def _office(window: Window, language: Language) -> content.Office:
    if say.printed_in(language) is Language.JAPANESE:
        return content.Office(window.place, window.hours, window.phone)
    return content.Office(window.place_en, window.hours_en, window.phone)


def _bring(slip: GuidanceSlip, language: Language) -> tuple[str, ...]:
    """What the reason asks for; else what the window asks of everybody."""
    window = slip.window
    usual = window.bring if say.printed_in(language) is Language.JAPANESE else window.bring_en
    text = say.bring(slip.reason, language) or usual
    return (text,) if text else ()


def _slip_language(language: Language) -> SlipLanguage:
    return SlipLanguage.JAPANESE if say.printed_in(language) is Language.JAPANESE else SlipLanguage.ENGLISH
