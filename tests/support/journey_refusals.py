"""What residents do who are refused: how they ask, what they read in any case, and how they leave."""

from datetime import datetime

from koufu.evidence.words import RefusalReason
from tests.support.journey_server import TODAY
from tests.support.journey_steps import Journey, Said

COUNTER: Said = ("見本市役所 1階 市民課", "Mihon City Hall")
HOURS = "平日"

HOLD: Said = ("この証明書は、ここでは取れません", "This certificate is not available here")
AT_THE_COUNTER: Said = ("おそれいりますが、窓口でお取りください", "Please get it at the counter")


def today_at(hour: int, minute: int = 0) -> datetime:
    """An hour of the journeys' day."""
    return TODAY.replace(hour=hour, minute=minute)


def puts_card_and_pin(j: Journey, card: str) -> None:
    """As far as a card alone brings somebody."""
    j.arrives()
    j.puts_card(card)
    j.sees("暗証番号を入れてください", "Enter your PIN")
    j.types_pin()
    j.waits_while_it_works()


def names_kind(j: Journey, kind: str) -> None:
    """From the first question to a kind by its name."""
    j.touches("by-name")
    j.sees("どの証明書ですか")
    j.touches(f"kind-{kind}")


def is_refused(j: Journey, reason: RefusalReason, what: Said, to_do: Said, bring: Said | None = None) -> None:
    """The last screen says what is the matter and what to do, where, when and with what; the slip says the same."""
    j.is_told(what=what, money=None, to_do=to_do)
    assert j.declined is reason, j.story()
    j.sees(*COUNTER)
    if bring is not None:
        j.sees(*bring)
    j.reads_slip("見本市役所", HOURS)


def goes_home(j: Journey) -> None:
    """With card, slip and all money."""
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0
    state = j.office.cash.state()
    assert state.handed_out == state.inserted
