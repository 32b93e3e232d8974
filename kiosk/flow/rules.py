"""How long the terminal waits for what, and how often it asks again: a site's settings as data. Times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The defaults suit a post office. A server call's own deadline is the wire's business; the guards here only catch
    a device or a lane that says nothing at all, so they are longer than everything they wait for."""

    by_hand: bool = False
    """A clerk hands the sheets over, and the fee is held until the resident has said that they are right."""
    cashless: bool = False
    """There is a payment terminal."""
    idle_s: float = 40
    """Untouched so long: 「つづけますか」 comes up."""
    idle_warning_s: int = 20
    """How long that stays before everything is erased."""
    pay_idle_s: float = 60
    card_untouched_s: float = 20
    """A card whose PIN was verified is reset when nobody touched anything for so long."""
    attention_s: float = 5
    """Something was left: voice and lamp (I13)."""
    staff_s: float = 30
    """Something is still left: a person is called (I13)."""
    abandon_s: float = 60
    """How long a card or sheets may lie before the terminal gives the visit up and closes."""
    notice_s: float = 60
    """How long a notice (declined, fault) stays when nobody touches it."""
    done_s: float = 6
    """How long the last screen stays when everything was taken."""
    staff_wait_s: float = 180
    """How long the screen waits for staff that were called."""
    heartbeat_s: float = 30
    retry_s: float = 2
    """Pause before a server call is tried again."""
    server_tries: int = 3
    """How often one server call is tried in all."""
    prepare_rounds: int = 3
    """How often documents are prepared when the register moves between prepare and release."""
    card_guard_s: float = 60
    """Reading, verifying and proving, with the server calls between them."""
    prepare_guard_s: float = 90
    release_guard_s: float = 120
    money_guard_s: float = 70
    """Opening or closing the slots, returning and settling money: 45 s for all that a payout lets come out, 10 s to
    give up a hopper that says nothing, and the answers on the bus."""
    cashless_guard_s: float = 180
    """The payment terminal: until something is presented, until it can say what became of it, until it is paid back."""
    recovery_guard_s: float = 240
    """How long the money device may say nothing after the start before staff are called."""
    sheet_guard_s: float = 120
    """One side of one sheet; then the job is given up."""
    word_s: float = 600
    """How long the resident may take to say whether sheets are right. Shorter than the server waits for an outcome."""
    watchdog_s: float = 10
    """How often whoever restarts a terminal that does not serve hears that it does."""
    battery_s: float = 60
    """How long a battery that ends soon is trusted before the machine is switched off, whatever is going on."""
    settle_guard_s: float = 60
    """How long a printer may take to clear a job that was given up."""
