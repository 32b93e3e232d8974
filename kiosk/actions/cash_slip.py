"""The cash report on paper, for staff: sums and pieces, nothing of any person."""

from dataclasses import dataclass

from hardware.cash.cctalk.settlement import Row, Settlement
from kiosk.actions.open_charges import OpenCharge, Takings
from kiosk.actions.slip_printing import SlipPrinting, slip_language
from kiosk.flow.values.presentation import Language
from kiosk.texts import slips as say
from printers.slips import build, content
from printers.slips.model import Slip


@dataclass(frozen=True, slots=True)
class CashlessSums:
    """What was paid without cash since the journal began, and what stands open."""

    takings: Takings
    charges: tuple[OpenCharge, ...] = ()


def cash_slip(
    told: Settlement | None,
    printing: SlipPrinting,
    paid: CashlessSums | None = None,
    language: Language = Language.JAPANESE,
) -> Slip:
    """What came in and went out since the last count, what should be where, what was paid without
    cash, and what must be looked into; of a terminal whose cash device keeps no account, what was paid without cash
    alone."""

    def word(name: str, **values: object) -> str:
        return say.cash(name, language).format(**values)

    def yen(name: str, amount: int) -> str:
        return word(name, yen=f"{amount:,}")

    sections: list[content.Section] = []
    since = ""
    if told is not None:
        sums = [
            yen("came-in", told.came_in),
            yen("went-out", told.went_out),
            yen("kept", told.kept),
            yen("held", told.held),
            yen("over", told.over),
            yen("box", told.box),
        ]
        if told.found is not None:
            sums += [yen("found", told.found), yen("differs", told.found - told.box)]
        sections.append(content.Section(word("pieces"), tuple(_piece(row, language) for row in told.rows)))
        sections.append(content.Section(word("sums"), tuple(sums)))
        since = word("since", since=told.since) if told.since else word("never")
    if paid is not None:
        takings, charges = paid.takings, paid.charges
        lines = [
            word("debits", n=takings.debits),
            yen("debited", takings.debited),
            yen("paid-back", takings.paid_back),
            yen("kept", takings.kept),
            yen("cashless-over", takings.over),
        ]
        if charges:
            lines.append(word("open", n=len(charges), yen=f"{sum(each.yen for each in charges):,}"))
        sections.append(content.Section(word("cashless"), tuple(lines)))
    if told is not None and told.doubts:
        sections.append(content.Section(word("doubts"), tuple(word(doubt.value) for doubt in told.doubts)))
    return build.note(
        content.Note(
            terminal=printing.terminal(None, language),
            title=word("title-cashless" if told is None else "title"),
            moment=printing.moment(language),
            sections=tuple(sections),
            above=since,
            language=slip_language(language),
        )
    )


def _piece(row: Row, language: Language) -> str:
    name = "piece" if row.found is None else "piece-found"
    return say.cash(name, language).format(
        yen=f"{row.yen:,}",
        came_in=row.came_in,
        went_out=row.went_out,
        box=row.box,
        found=row.found,
        hopper=row.hopper,
    )
