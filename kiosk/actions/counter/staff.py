"""Who is at the desk: password or staff card to the server, and the session that comes back. Password and PIN are wiped
whatever happens; the session is kept here alone, for the calls that bear it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hardware.card.jpki import JpkiSession
from hardware.card.model import Answered, CardReader, Verified
from hardware.errors import CardError
from hardware.keypad.password import Password
from hardware.keypad.pin import Pin
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.staff_wire import Credentials, Opened, StaffDeclined, StaffWire, answered, typed
from kiosk.counter import effects as do
from kiosk.counter.events import NotSecond, NotSignedIn, SecondStands, SessionEnded, SignedIn
from kiosk.counter.scenes import SignInProblem
from kiosk.errors import ChallengeRejected, ServerAway
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.staff_challenge import StaffChallenge, StaffPurpose

TOKEN_BYTES = 16

_PROBLEMS = {
    "wrong-credentials": SignInProblem.REFUSED,
    "wait": SignInProblem.WAIT,
    "not-here": SignInProblem.NOT_HERE,
    "first-only-helps": SignInProblem.FIRST_ONLY_HELPS,
    "same-person": SignInProblem.SAME_PERSON,
    "no-session": SignInProblem.ENDED,
}


class NoSession(ServerAway):
    """Nobody is signed in: nothing is asked in anybody's name."""


class StaffSession:
    """The session of whoever is signed in. Written on the server's lane, read on any."""

    def __init__(self) -> None:
        self._token: bytes | None = None
        self._mark = ""
        self._opened: list[Callable[[], None]] = []

    def __repr__(self) -> str:
        return f"<StaffSession {'open' if self._token is not None else 'none'}>"

    @property
    def token(self) -> bytes:
        """What a call in somebody's name bears. Raises `NoSession`."""
        if self._token is None:
            raise NoSession("nobody is signed in")
        return self._token

    @property
    def mark(self) -> str:
        """Who is signed in, or was last: what the terminal itself writes down stands under it."""
        return self._mark

    @property
    def is_open(self) -> bool:
        """Whether somebody is signed in."""
        return self._token is not None

    def when_opened(self, does: Callable[[], None]) -> None:
        """Does this on the server's lane whenever somebody has signed in: what waited for that. It never raises."""
        self._opened.append(does)

    def open(self, token: bytes, mark: str) -> None:
        """Somebody is signed in."""
        self._token, self._mark = token, mark

    def opened(self) -> None:
        """Does what waited for that."""
        for does in self._opened:
            does()

    def take(self) -> bytes | None:
        """Ends it here; what it was."""
        token, self._token = self._token, None
        return token


class StaffActions:
    """The desk's side of signing in. All methods run on the server's lane."""

    def __init__(
        self,
        server: StaffWire,
        session: StaffSession,
        reader: CardReader | None,
        terminal: str,
        entropy: Callable[[int], bytes],
    ) -> None:
        self._server = server
        self._session = session
        self._reader = reader
        self._terminal = terminal
        self._entropy = entropy

    def by_password(self, effect: do.SignInByPassword, password: Password, tell: DeskTell) -> None:
        """Password and one-time code."""
        with _wiped(password):
            credentials = _by_password(effect.mark, password, effect.code)
            answer = self._server.sign_in(credentials)
        self._answered(effect.attempt, answer, tell)

    def by_card(self, effect: do.SignInByCard, pin: Pin, tell: DeskTell) -> None:
        """The staff card answers the server's challenge after its PIN."""
        credentials = self._by_card(pin, StaffPurpose.SIGN_IN)
        if isinstance(credentials, SignInProblem):
            tell(NotSignedIn(effect.attempt, credentials))
            return
        answer = credentials if isinstance(credentials, StaffDeclined) else self._server.sign_in(credentials)
        self._answered(effect.attempt, answer, tell)

    def second_by_password(self, effect: do.SecondByPassword, password: Password, tell: DeskTell) -> None:
        """Another person stands for something too, by password and code."""
        with _wiped(password):
            self._second(effect, _by_password(effect.mark, password, effect.code), tell)

    def second_by_card(self, effect: do.SecondByCard, pin: Pin, tell: DeskTell) -> None:
        """The same by a staff card."""
        self._second(effect, self._by_card(pin, StaffPurpose.SECOND_PERSON), tell)

    def keep(self, tell: DeskTell) -> None:
        """Somebody is at work. A server that is away ends nothing."""
        try:
            ended = self._server.extend(self._session.token)
        except NoSession:
            ended = StaffDeclined("no-session")
        except ServerAway:
            return
        if ended is not None:
            self._session.take()
            tell(SessionEnded())

    def leave(self, how: str) -> None:
        """Locked or signed out. Should the server not hear of it, the session runs out there by itself."""
        token = self._session.take()
        if token is not None:
            self._server.sign_out(token, how)

    def _answered(self, attempt: int, answer: Opened | StaffDeclined, tell: DeskTell) -> None:
        if isinstance(answer, StaffDeclined):
            tell(NotSignedIn(attempt, _problem(answer), answer.wait_s))
            return
        self._session.open(answer.session, answer.staff.mark)
        tell(SignedIn(attempt, answer.staff))
        self._session.opened()

    def _second(
        self,
        effect: do.SecondByPassword | do.SecondByCard,
        credentials: Credentials | StaffDeclined | SignInProblem,
        tell: DeskTell,
    ) -> None:
        answer: str | StaffDeclined | SignInProblem
        if isinstance(credentials, Credentials):
            token = self._entropy(TOKEN_BYTES)
            answer = self._server.second(self._session.token, token, effect.operation, effect.about, credentials)
        else:
            answer = credentials
        match answer:
            case str():
                tell(SecondStands(effect.attempt, answer))
            case SignInProblem():
                tell(NotSecond(effect.attempt, answer))
            case StaffDeclined():
                tell(NotSecond(effect.attempt, _problem(answer), answer.wait_s))

    def _by_card(self, pin: Pin, purpose: StaffPurpose) -> Credentials | StaffDeclined | SignInProblem:
        with _wiped(pin):
            if self._reader is None:
                return SignInProblem.CARD
            try:
                connection = self._reader.connect()
            except CardError:
                return SignInProblem.CARD
            try:
                return self._asked(JpkiSession(connection), pin, purpose)
            except CardError:
                return SignInProblem.CARD
            finally:
                connection.close()

    def _asked(self, card: JpkiSession, pin: Pin, purpose: StaffPurpose) -> Credentials | StaffDeclined | SignInProblem:
        x509 = card.user_auth_x509()
        if x509 is None:
            return SignInProblem.CARD
        made = self._server.challenge(x509, purpose)
        if isinstance(made, StaffDeclined):
            return made
        self._own(made.challenge, purpose)
        if not isinstance(card.verify(pin), Verified):
            return SignInProblem.PIN
        outcome = card.answer(made.challenge)
        if not isinstance(outcome, Answered):
            return SignInProblem.CARD
        return answered(made.challenge_id, outcome.answer)

    def _own(self, evidence: bytes, purpose: StaffPurpose) -> None:
        """Nothing but a staff challenge for this very terminal and purpose goes under a staff card's key."""
        try:
            challenge = StaffChallenge.from_bytes(evidence)
        except MalformedEvidence as error:
            raise ChallengeRejected("the server's challenge is none") from error
        own = (self._server.municipality, self._terminal, purpose)
        if (challenge.municipality, challenge.terminal, challenge.purpose) != own:
            raise ChallengeRejected("the server's challenge is for another terminal")


def _problem(declined: StaffDeclined) -> SignInProblem:
    return _PROBLEMS.get(declined.reason, SignInProblem.NOT_SERVED)


def _by_password(mark: str, password: Password, code: str) -> Credentials:
    # Text and message can't be overwritten: what they hold of a password is in memory until that is used again.
    return typed(mark, password.utf8().decode(), code)


@contextmanager
def _wiped(secret: Password | Pin) -> Iterator[None]:
    """Whatever happens inside, its own buffer is wiped afterwards."""
    try:
        yield
    finally:
        secret.wipe()
