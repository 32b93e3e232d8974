"""The cash report on paper, for staff: sums and pieces, nothing of any person."""

from hardware.cash.cctalk.settlement import Row, Settlement
from kiosk.actions.open_charges import Takings
from kiosk.actions.slip_printing import SlipPrinting, slip_language
from kiosk.flow.values import Language
from kiosk.texts import slips as say
from printers.slips import build, content
from printers.slips.model import Slip


def cash_slip(
    told: Settlement, printing: SlipPrinting, takings: Takings | None = None, language: Language = Language.JAPANESE
) -> Slip:
    """What came in and went out since the last count, what should be where, what was paid without
    cash, and what must be looked into."""

    def word(name: str, **values: object) -> str:
        return say.cash(name, language).format(**values)

    def yen(name: str, amount: int) -> str:
        return word(name, yen=f"{amount:,}")

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
    sections = [
        content.Section(word("pieces"), tuple(_piece(row, language) for row in told.rows)),
        content.Section(word("sums"), tuple(sums)),
    ]
    if takings is not None:
        paid = (
            word("debits", n=takings.debits),
            yen("debited", takings.debited),
            yen("paid-back", takings.paid_back),
            yen("kept", takings.kept),
            yen("cashless-over", takings.over),
        )
        sections.append(content.Section(word("cashless"), paid))
    if told.doubts:
        sections.append(content.Section(word("doubts"), tuple(word(doubt.value) for doubt in told.doubts)))
    since = word("since", since=told.since) if told.since else word("never")
    return build.note(
        content.Note(
            terminal=printing.terminal(None, language),
            title=word("title"),
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
