"""The card under the clerk's case: read, and shown PINs. A PIN comes from the pad and goes to the card (I11); what
broke off is told as it is, and may be done again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.x509.oid import NameOID

from hardware.card.model import Usage, Verified
from hardware.card.writing.commands import Beside, CardState, Purpose
from hardware.card.writing.model import Issued, X509Issuer
from hardware.card.writing.pins import let_on
from hardware.errors import CardError, CardGone, CardMute, IssuerAway, IssuerRefused, OperatorRefused, ReaderGone
from hardware.keypad.pin import HolderPin
from kiosk.actions.counter.card_actions import CounterCardActions, Fault, OpenCard
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.x509_pin.cases import CaseAtHand, CaseOver, OpenCases
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.events import CardTrouble, Says
from kiosk.counter.x509_pin.values import CardSeen, PairSeen, Wish
from koufu.der import MALFORMED_DER

HOLDER_BYTES = 16
MOST_HOLDER = 64
_JAPAN = ZoneInfo("Asia/Tokyo")


class CardOfCase:
    """What the case does with the card on the counter's desk."""

    def __init__(
        self, desk: CounterCardActions, issuer: X509Issuer, cases: OpenCases, entropy: Callable[[int], bytes]
    ) -> None:
        self._desk = desk
        self._issuer = issuer
        self._cases = cases
        self._entropy = entropy

    def read(self, effect: do.ReadCard, tell: DeskTell) -> None:
        """What lies there, and whether it is the card that the case began with."""
        case = self._cases.of(effect.number)
        with self.telling(effect.number, tell):
            card = self._desk.look()
            if card is None:
                tell(on.BrokeOff(effect.number, CardTrouble.FOREIGN))
                return
            let_on(card.writer, card.desk, Purpose.X509, case.numbers[Usage.USER_AUTH])
            self._desk.keep(card)
            known = {usage: self._known(usage, card.state) for usage in Usage}
            if case.cards and not self._is_same(case, known, card.state):
                self.release()
                tell(on.BrokeOff(effect.number, CardTrouble.OTHER_CARD))
                return
            self._note(case, known)
            tell(on.CardRead(effect.number, _seen(card.state, known)))

    def show(self, effect: do.ShowPin, pin: HolderPin, tell: DeskTell) -> None:
        """Shows a PIN to the card, once. It is wiped whatever happens."""
        try:
            with self.telling(effect.number, tell):
                outcome = self.card().session.verify(pin, effect.usage)
                if isinstance(outcome, Verified):
                    tell(on.PinRight(effect.number))
                else:
                    tell(on.PinWrong(effect.number, outcome.tries_left))
        finally:
            pin.wipe()

    def ask_terminal(self, effect: do.AskTerminal, tell: DeskTell) -> None:
        """Whether this operator is let on to set a PIN without any other."""
        case = self._cases.of(effect.number)
        with self.telling(effect.number, tell):
            card = self.card()
            let_on(card.writer, card.desk, Purpose.PIN_AT_COUNTER, case.numbers[Usage.USER_AUTH])
            tell(on.TerminalAllows(effect.number))

    def card(self) -> OpenCard:
        """The card as it was read. Raises `CardGone` when it was let go."""
        return self._desk.card()

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        self._desk.release()

    @contextmanager
    def telling(self, number: int, tell: DeskTell) -> Iterator[None]:
        """What goes wrong within is told in the case's words."""
        try:
            with self._desk.telling(lambda fault: tell(told(number, fault))):
                yield
        except CaseOver:
            self.release()

    def _known(self, usage: Usage, state: CardState) -> "_Known":
        writer, issuer, pair = self.card().writer, self._issuer, state.pair(usage)
        in_use = writer.x509_in_use(usage) if pair.in_use else b""
        beside = writer.x509_beside(usage) if pair.beside is Beside.PREVIOUS else b""
        of_key = None
        if pair.beside in (Beside.KEY, Beside.HALF, Beside.WHOLE):
            of_key = issuer.of_key(usage, writer.modulus_beside(usage))
        return _Known(in_use, beside, issuer.of_x509(usage, in_use) if in_use else None, of_key)

    def _is_same(self, case: CaseAtHand, known: dict[Usage, "_Known"], state: CardState) -> bool:
        """Whether it bears an X.509 that the case's card bore, or one that was issued in this very case. A card that
        bears nothing any more is taken for one whose only X.509 this case erased."""
        for usage, each in known.items():
            issued = {one.case for one in (each.standing, each.of_key) if one is not None}
            hashes = {case.card_hash(one) for one in (each.in_use, each.beside) if one}
            if case.numbers[usage] in issued or hashes & case.cards:
                return True
        bare = all(not state.pair(usage).in_use and state.pair(usage).beside is Beside.EMPTY for usage in Usage)
        return bare and case.wish is Wish.REVOKE

    def _note(self, case: CaseAtHand, known: dict[Usage, "_Known"]) -> None:
        for each in known.values():
            case.cards |= {case.card_hash(one) for one in (each.in_use, each.beside) if one}
        if not case.holder:
            found = (holder_of(known[usage].in_use) for usage in Usage)
            case.holder = next((word for word in found if word), "") or self._entropy(HOLDER_BYTES).hex()


def told(number: int, fault: Fault) -> on.BrokeOff | on.SaidNo:
    """What went wrong with a card or a party outside, in the case's words."""
    match fault:
        case CardGone():
            return on.BrokeOff(number, CardTrouble.GONE)
        case CardMute():
            return on.BrokeOff(number, CardTrouble.MUTE)
        case ReaderGone():
            return on.BrokeOff(number, CardTrouble.READER_GONE)
        case CardError():
            return on.BrokeOff(number, CardTrouble.REFUSED)
        case IssuerAway():
            return on.BrokeOff(number, CardTrouble.ISSUER_AWAY)
        case OperatorRefused(reason=reason):
            return on.SaidNo(number, Says.TERMINAL, reason)
        case IssuerRefused(reason=reason):
            return on.SaidNo(number, Says.ISSUER, reason)
        case _:
            return on.SaidNo(number, Says.ISSUER, "unclear")


class _Known(NamedTuple):
    """What is known of one usage: X.509s in use and beside, what the issuer says of the first, and of a key beside."""

    in_use: bytes
    beside: bytes
    standing: Issued | None
    of_key: Issued | None


def _seen(state: CardState, known: dict[Usage, _Known]) -> CardSeen:
    pairs = {usage: _pair(state, usage, known[usage]) for usage in Usage}
    return CardSeen(
        user_auth=pairs[Usage.USER_AUTH],
        signing=pairs[Usage.SIGNING],
        face_auth=state.face_auth,
        line_left=state.lines_used < state.lines,
    )


def _pair(state: CardState, usage: Usage, known: _Known) -> PairSeen:
    pair = state.pair(usage)
    return PairSeen(
        in_use=pair.in_use,
        tries_left=pair.tries_left,
        standing=None if known.standing is None else known.standing.standing,
        last_day=_last_day(known.in_use),
        beside=pair.beside,
    )


def _last_day(der: bytes) -> date | None:
    """Until when an X.509 is valid, by the day in Japan; None where there is none that can be read."""
    found = _parsed(der)
    return None if found is None else found.not_valid_after_utc.astimezone(_JAPAN).date()


def holder_of(der: bytes) -> str:
    """The opaque word by which the issuer calls the holder."""
    found = _parsed(der)
    names = [] if found is None else found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    word = str(names[0].value) if names else ""
    return word if len(word) <= MOST_HOLDER and word.isprintable() else ""


def _parsed(der: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(der) if der else None
    except MALFORMED_DER:
        return None
