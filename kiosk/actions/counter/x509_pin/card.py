"""The card under the clerk's case: read, and shown PINs. One connection at a time, all of it on the card's lane. A PIN
comes from the pad and goes to the card (I11); what broke off is told as it is, and may be done again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.x509.oid import NameOID

from hardware.card.jpki import JpkiSession
from hardware.card.model import CardConnection, CardReader, Usage, Verified
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import Beside, CardState, Purpose
from hardware.card.writing.model import Issued, OperatorDesk, X509Issuer
from hardware.card.writing.pins import let_on
from hardware.errors import (
    CardError,
    CardGone,
    CardMute,
    CardRefused,
    IssuerAway,
    IssuerError,
    IssuerRefused,
    OperatorRefused,
    ReaderGone,
)
from hardware.keypad.pin import HolderPin
from kiosk.actions.counter.x509_pin.cases import CaseAtHand, CaseOver, OpenCases
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.events import CardTrouble, OwnEvent, Says
from kiosk.counter.x509_pin.values import CardSeen, PairSeen, Wish

Tell = Callable[[OwnEvent], None]

HOLDER_BYTES = 16
MOST_HOLDER = 64
_JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands outside: whoever issues X.509s, and the card-writing terminal, which an operator signs on to anew for
    each card. `sign_on` raises `OperatorRefused`, `IssuerAway`."""

    issuer: X509Issuer
    sign_on: Callable[[], OperatorDesk]


class OpenCard(NamedTuple):
    """A card that lies there, open."""

    session: JpkiSession
    writer: ApduCardWriter
    desk: OperatorDesk


class CardOfCase:
    """The reader's side of the case."""

    def __init__(self, reader: CardReader, parties: Parties, cases: OpenCases, entropy: Callable[[int], bytes]) -> None:
        self._reader = reader
        self._parties = parties
        self._cases = cases
        self._entropy = entropy
        self._connection: CardConnection | None = None
        self._open: OpenCard | None = None

    def read(self, effect: do.ReadCard, tell: Tell) -> None:
        """What lies there, and whether it is the card that the case began with."""
        case = self._cases.of(effect.number)
        with self.telling(effect.number, tell):
            self.release()
            self._connection = self._reader.connect()
            session = JpkiSession(self._connection)
            if session.generation() is None:
                self._foreign(effect.number, tell)
                return
            writer = ApduCardWriter(self._connection, session)
            try:
                state = writer.state()
            except CardRefused:
                # A card of the field knows no such command: it can't be written here.
                self._foreign(effect.number, tell)
                return
            desk = self._parties.sign_on()
            let_on(writer, desk, Purpose.X509, case.numbers[Usage.USER_AUTH])
            self._open = OpenCard(session, writer, desk)
            known = {usage: self._known(usage, state) for usage in Usage}
            if case.cards and not self._is_same(case, known, state):
                self.release()
                tell(on.BrokeOff(effect.number, CardTrouble.OTHER_CARD))
                return
            self._note(case, known)
            tell(on.CardRead(effect.number, _seen(state, known)))

    def show(self, effect: do.ShowPin, pin: HolderPin, tell: Tell) -> None:
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

    def ask_terminal(self, effect: do.AskTerminal, tell: Tell) -> None:
        """Whether this operator is let on to set a PIN without any other."""
        case = self._cases.of(effect.number)
        with self.telling(effect.number, tell):
            card = self.card()
            let_on(card.writer, card.desk, Purpose.PIN_AT_COUNTER, case.numbers[Usage.USER_AUTH])
            tell(on.TerminalAllows(effect.number))

    def card(self) -> OpenCard:
        """The card as it was read. Raises `CardGone` when it was let go."""
        if self._open is None:
            raise CardGone("the card was let go")
        return self._open

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        connection, self._connection, self._open = self._connection, None, None
        if connection is not None:
            connection.close()

    @contextmanager
    def telling(self, number: int, tell: Tell) -> Iterator[None]:
        """What goes wrong within is told in the case's words; after a fault of the card it is let go."""
        try:
            yield
        except CardError as error:
            self.release()
            tell(on.BrokeOff(number, _trouble(error)))
        except IssuerAway:
            tell(on.BrokeOff(number, CardTrouble.ISSUER_AWAY))
        except IssuerRefused as refused:
            tell(on.SaidNo(number, Says.ISSUER, refused.reason))
        except OperatorRefused as refused:
            tell(on.SaidNo(number, Says.TERMINAL, refused.reason))
        except IssuerError:
            tell(on.SaidNo(number, Says.ISSUER, "unclear"))
        except CaseOver:
            self.release()

    def _foreign(self, number: int, tell: Tell) -> None:
        self.release()
        tell(on.BrokeOff(number, CardTrouble.FOREIGN))

    def _known(self, usage: Usage, state: CardState) -> "_Known":
        writer, issuer, pair = self.card().writer, self._parties.issuer, state.pair(usage)
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
    except ValueError:
        return None


def _trouble(error: CardError) -> CardTrouble:
    match error:
        case CardGone():
            return CardTrouble.GONE
        case CardMute():
            return CardTrouble.MUTE
        case ReaderGone():
            return CardTrouble.READER_GONE
        case _:
            return CardTrouble.REFUSED
