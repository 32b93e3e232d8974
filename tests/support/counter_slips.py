"""The slip desk of a counter that stands nowhere in particular, and what is read on its slips."""

from datetime import timedelta

from kiosk.actions.counter.slip_actions import CounterSlipActions, ForWhom
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.flow.values.presentation import Language
from printers.model import SlipPrinter
from printers.slips.reader import PrintedText, read_strips
from tests.support.cards import NOW
from tests.support.kiosk_actions import SITE
from tests.support.kiosk_samples import BOARD


def slip_actions(printer: SlipPrinter, language: Language) -> CounterSlipActions:
    """For a resident who reads this language."""
    printing = SlipPrinting(printer, SITE, lambda: NOW + timedelta(hours=9))
    return CounterSlipActions(printing, lambda: ForWhom(BOARD, language))


def words_on(slip: bytes) -> str:
    """All words on it, as a person reads them."""
    strips = read_strips(slip, SITE.slip_width_dots)
    return "".join(item.text for strip in strips for item in strip.items if isinstance(item, PrintedText))
