"""Receipts, guidance and fault slips: from what the flow says to paper. Nothing personal is ever on them (I11)."""

from dataclasses import dataclass

from kiosk.actions.jobs import Tell
from kiosk.actions.slip_printing import SlipPrinting, office, slip_language
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.means import Means
from kiosk.flow.slips import EnrolmentSlip, FaultSlip, GuidanceSlip, Receipt
from kiosk.flow.values.board import Board
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.trouble import FaultReport, InDoubt
from kiosk.texts import slips as say
from koufu.evidence.numbers import printed
from printers.slips import build, content
from printers.slips.model import Slip

_CLAIMS = {
    None: content.Claim.OWED,
    InDoubt.DEBIT: content.Claim.PAID,
    InDoubt.PAY_BACK: content.Claim.PAID_BACK,
}


@dataclass(frozen=True, slots=True)
class SlipActions:
    """Runs on the slips lane."""

    printing: SlipPrinting

    def print(self, effect: do.PrintSlip, tell: Tell) -> None:
        """Prints one slip; whether it came out is told."""
        out = self.printing.print(self._built(effect))
        tell(on.SlipSettled(effect.attempt, effect.slip, out))

    def _built(self, effect: do.PrintSlip) -> Slip:
        match effect.slip:
            case Receipt():
                return build.receipt(self._receipt(effect.slip, effect.board, effect.language))
            case GuidanceSlip():
                return build.guidance(self._guidance(effect.slip, effect.board, effect.language))
            case EnrolmentSlip():
                return build.guidance(self._enrolled(effect.slip, effect.board, effect.language))
            case FaultSlip(report, reprint) if report.owed:
                return build.debt(self._debt(report, effect.board, effect.language, reprint))
            case FaultSlip(report):
                return build.fault(self._fault(report, effect.board, effect.language))

    def _receipt(self, receipt: Receipt, board: Board | None, language: Language) -> content.Receipt:
        return content.Receipt(
            terminal=self.printing.terminal(board, language),
            number=receipt.reference,
            moment=self.printing.moment(language),
            lines=tuple(
                content.ReceiptLine(say.kind(kind, language), copies, yen // copies)
                for kind, copies, yen in receipt.lines
            ),
            paid=receipt.inserted,
            change=receipt.change,
            owed=receipt.owed,
            reprint=receipt.reprint,
            cashless=receipt.means is Means.CASHLESS,
            language=slip_language(language),
        )

    def _guidance(self, slip: GuidanceSlip, board: Board | None, language: Language) -> content.Guidance:
        return content.Guidance(
            terminal=self.printing.terminal(board, language),
            moment=self.printing.moment(language),
            reason=say.declined(slip.reason, slip.kind, language),
            offices=(office(slip.window, language),),
            bring=_bring(slip, language),
            clerk=_at_the_counter(slip, board),
            language=slip_language(language),
        )

    def _enrolled(self, slip: EnrolmentSlip, board: Board | None, language: Language) -> content.Guidance:
        return content.Guidance(
            terminal=self.printing.terminal(board, language),
            moment=self.printing.moment(language),
            reason=say.enrolled(printed(slip.number), language),
            offices=(office(slip.window, language),),
            bring=(),
            language=slip_language(language),
        )

    def _debt(self, report: FaultReport, board: Board | None, language: Language, reprint: bool) -> content.Debt:
        window = board.window if board is not None else None
        by_clerk = self.printing.site.separate
        return content.Debt(
            terminal=self.printing.terminal(board, language),
            number=report.reference,
            moment=self.printing.moment(language),
            amount=report.owed,
            office=office(window, language)
            if window is not None
            else content.Office(self.printing.place(language), ""),
            notes=(
                say.happened(report, language, by_clerk=by_clerk),
                say.money(report, language, by_clerk=by_clerk),
            ),
            reprint=reprint,
            claim=_CLAIMS[report.in_doubt],
            language=slip_language(language),
        )

    def _fault(self, report: FaultReport, board: Board | None, language: Language) -> content.Fault:
        by_clerk = self.printing.site.separate
        return content.Fault(
            terminal=self.printing.terminal(board, language),
            number=report.reference,
            moment=self.printing.moment(language),
            happened=say.happened(report, language, by_clerk=by_clerk),
            money=say.money(report, language, by_clerk=by_clerk),
            to_do=say.to_do(report, language, by_clerk=by_clerk),
            language=slip_language(language),
        )


def _at_the_counter(slip: GuidanceSlip, board: Board | None) -> str:
    """What whoever is shown it should know: the municipality's own words, where it has some."""
    own = board.refusal_text(slip.reason) if board is not None else None
    return own.counter if own is not None and own.counter else say.clerk(slip.reason, Language.JAPANESE)


def _bring(slip: GuidanceSlip, language: Language) -> tuple[str, ...]:
    """What the reason asks for; else what the window asks of everybody."""
    window = slip.window
    usual = window.bring if language is Language.JAPANESE else window.bring_en
    text = say.bring(slip.reason, language) or usual
    return (text,) if text else ()
