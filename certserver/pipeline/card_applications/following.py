"""What follows an approval without anybody at a desk: the resident network is asked, the card ordered, made and sent,
and the mail asked where it is. Where an application stands says what is asked next, and every question may be put
again: what breaks off goes on from there, and nothing is done twice or lost."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from certserver.applications.facts import Facts
from certserver.applications.form import born
from certserver.applications.mail_delivery import MailKind, mail_row
from certserver.applications.states import Actor, Event, EventKind, Reason, Role, State
from certserver.errors import PartyAway, PartyRefused
from certserver.ledger.state import municipalities
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.made_cards import register_made_card
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.outside import (
    CardOrder,
    LetterAt,
    Parties,
    Party,
    RegisteredAs,
    Stage,
)
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored, ids_of, read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known

IN_ONE_ROUND = 100
"""Applications of all municipalities together."""

_FORM_ID = 10**23
_ENTROPY_BYTES = 16
_LETTER_DIGITS = 32
_SERVER = Known(Actor("server", Role.SERVER))


@dataclass(frozen=True, slots=True)
class Followed:
    """Where an application is now, after so many steps. `waits`: for whom it waits, None where nobody outside has it;
    `refused` is that party's word, empty where it takes its time or does not answer."""

    state: State
    version: int
    steps: int = 0
    waits: Party | None = None
    answered: bool = True
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: how many steps, who did not answer, and who refused something."""

    steps: int
    away: frozenset[Party]
    refused: frozenset[Party]


@dataclass(frozen=True, slots=True)
class _At:
    """An application as it stands, and whom to ask."""

    parts: ApplicationParts
    parties: Parties
    stored: Stored

    @property
    def which(self) -> Which:
        application = self.stored.application
        return Which(application.residence_municipality, application.application_id, self.stored.version)

    @property
    def personal(self) -> Personal:
        stored, which = self.stored, self.which
        assert stored.key is not None, "what is open has a key"
        assert stored.personal is not None, "what is open is not erased"
        return self.parts.keys.open_personal(stored.key, which.municipality, which.application_id, stored.personal)

    @property
    def form_id(self) -> str:
        return self.personal.form_id or ""

    @property
    def letter(self) -> str:
        """What the mail calls it: it says nothing of whom the letter is for."""
        return hashlib.sha256(f"koufu/letter/1/{self.which.application_id}".encode()).hexdigest()[:_LETTER_DIGITS]

    @property
    def announced(self) -> bool:
        kind = self.stored.application.mail_kind
        return kind is not None and mail_row(kind).arrival_notice

    @property
    def maker(self) -> Known:
        return Known(Actor(self.parties.mark(Party.CARD_MAKER), Role.CARD_MAKER))

    def move(self, who: Known, event: EventKind, reason: Reason | None = None) -> Done | Declined:
        return move_application(self.parts, who, self.which, Event(event, reason))

    def by_mail(self, event: EventKind) -> Done | Declined:
        return self.move(Known(Actor(self.parties.mark(Party.MAIL), Role.MAIL)), event)


def _order(at: _At) -> Done | Declined | None:
    """Whoever is not registered so any more gets no card; else it goes to the card maker."""
    personal, municipality = at.personal, at.which.municipality
    day = born(personal.form)
    registered = RegisteredAs(municipality, personal.name, "" if day is None else day.isoformat(), personal.address)
    changed = at.parties.network.confirm(registered)
    if changed is not None:
        network = Actor(at.parties.mark(Party.RESIDENT_NETWORK), Role.RESIDENT_RECORD)
        return at.move(Known(network), EventKind.INVALIDATE, changed)
    # What stands on a real form inside its 23 digits is not public: these are random. Each approval has its own, so
    # that what is applied for again after a defect is another order.
    form_id = f"{int.from_bytes(at.parts.entropy(_ENTROPY_BYTES)) % _FORM_ID:023}"
    told = tell(at.parts, _SERVER, at.which, Facts(form_id=form_id))
    if isinstance(told, Declined):
        return told
    which = replace(at.which, version=told.version)
    return move_application(at.parts, _SERVER, which, Event(EventKind.ORDER_CARD))


def _accept(at: _At) -> Done | Declined | None:
    application = at.stored.application
    defect = at.parties.maker.order(CardOrder(at.form_id, at.which.municipality, application.express))
    if defect is not None:
        return at.move(at.maker, EventKind.REPORT_DEFECT, defect)
    return at.move(at.maker, EventKind.ACCEPT)


def _make(at: _At) -> Done | Declined | None:
    progress = at.parties.maker.ask(at.form_id)
    if progress.stage is Stage.MAKING:
        return None
    if progress.x509 and at.personal.card != at.parts.keys.card(at.which.municipality, progress.x509).hex():
        return register_made_card(at.parts, at.maker, at.which, progress.x509)
    if not at.stored.application.express:
        return at.move(at.maker, EventKind.SHIP_TO_MUNICIPALITY)
    return None if progress.stage is Stage.MADE else at.move(at.maker, EventKind.SET_UP)


def _send(at: _At) -> Done | Declined | None:
    if at.parties.maker.ask(at.form_id).stage is not Stage.MAILED:
        return None
    if not at.stored.application.activated:
        # Its PINs are those of the sealed form (暗証番号設定依頼書).
        facts = Facts(activated=True, mail_kind=MailKind.SIMPLE_REGISTERED)
        return tell(at.parts, at.maker, at.which, facts)
    return at.move(at.maker, EventKind.MAIL_OUT)


def _carry(at: _At) -> Done | Declined | None:
    # The letter that the card maker sent is told to the mail from here too: who hands it in is no matter to a
    # simulator.
    at.parties.mail.hand_in(at.letter, with_notice=at.announced)
    where = at.parties.mail.ask(at.letter)
    if where is LetterAt.BROUGHT_BACK:
        return at.by_mail(EventKind.BRING_BACK)
    if at.announced:
        # An answer can be lost: who was told of no notice is told of it before the letter counts as delivered.
        return None if where is LetterAt.HANDED_IN else at.by_mail(EventKind.ANNOUNCE)
    return at.by_mail(EventKind.DELIVER) if where is LetterAt.DELIVERED else None


def _deliver(at: _At) -> Done | Declined | None:
    where = at.parties.mail.ask(at.letter)
    if where is LetterAt.BROUGHT_BACK:
        return at.by_mail(EventKind.BRING_BACK)
    return at.by_mail(EventKind.DELIVER) if where is LetterAt.DELIVERED else None


@dataclass(frozen=True, slots=True)
class _Way:
    """Whom an application waits for in a state, and what is asked. The step is None while they take their time."""

    party: Party
    step: Callable[[_At], Done | Declined | None]


_WAYS: Mapping[State, _Way] = {
    State.APPROVED: _Way(Party.RESIDENT_NETWORK, _order),
    State.SENT_TO_MAKER: _Way(Party.CARD_MAKER, _accept),
    State.MANUFACTURING: _Way(Party.CARD_MAKER, _make),
    State.SET_UP_AT_MAKER: _Way(Party.CARD_MAKER, _send),
    State.MAILED: _Way(Party.MAIL, _carry),
    State.ARRIVAL_NOTICE: _Way(Party.MAIL, _deliver),
}
FOLLOWED = frozenset(_WAYS)
"""Where somebody outside has an application."""


def follow(
    parts: ApplicationParts,
    parties: Parties,
    municipality: str,
    application_id: str,
    until: State | None = None,
    away: frozenset[Party] = frozenset(),
) -> Followed | Declined:
    """Goes on with an application as far as they answer, and no further than `until`; who is `away` is not asked."""
    steps = 0
    while True:
        with parts.database.reading() as connection:
            stored = read_application(connection, municipality, application_id)
        if stored is None:
            return Declined(Why.UNKNOWN)
        state = stored.application.state
        way = _WAYS.get(state)
        now = Followed(state, stored.version, steps)
        if way is None or state is until:
            return now
        if way.party in away:
            return replace(now, waits=way.party, answered=False)
        try:
            done = way.step(_At(parts, parties, stored))
        except PartyAway:
            return replace(now, waits=way.party, answered=False)
        except PartyRefused as no:
            return replace(now, waits=way.party, refused=no.reason)
        if done is None:
            return replace(now, waits=way.party)
        if isinstance(done, Done):
            steps += 1
        elif done.reason is not Why.MOVED_MEANWHILE:
            return done
        # Somebody else's step came between: it is looked at where it stands now.


class Follower:
    """Goes round all applications that somebody outside has, so many in one round, each as often as any other."""

    def __init__(self, parts: ApplicationParts, parties: Parties) -> None:
        self._parts = parts
        self._parties = parties
        self._last = ("", "")

    def round(self) -> Round:
        """One round. Whoever does not answer once is not asked again in it."""
        steps, refused, away = 0, frozenset[Party](), frozenset[Party]()
        for municipality, application_id in self._next():
            done = follow(self._parts, self._parties, municipality, application_id, away=away)
            if isinstance(done, Declined):
                continue
            steps += done.steps
            if done.waits is not None and done.refused:
                refused |= {done.waits}
            if done.waits is not None and not done.answered:
                away |= {done.waits}
        return Round(steps, away, refused)

    def _next(self) -> list[tuple[str, str]]:
        with self._parts.database.reading() as connection:
            waiting = sorted(
                (code, each) for code in municipalities(connection) for each in ids_of(connection, code, FOLLOWED)
            )
        begin = bisect_right(waiting, self._last)
        taken = (waiting[begin:] + waiting[:begin])[:IN_ONE_ROUND]
        if taken:
            self._last = taken[-1]
        return taken
