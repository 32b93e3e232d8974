"""What every use case of an officer is handed: whose municipality it is, where it is stored, and who acts. The
municipality comes from the sign-in or the home, never from what somebody asks for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection

from certserver.identity.subjects import SubjectKey
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.objections import Forbidden, Objection
from certserver.office.rights import Officer, OfficeRole, Right, demand
from certserver.pipeline.card_applications.keys import ApplicationKeys
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.ports import Clock, Entropy, unix
from certserver.signing.secrets import Vault, subkey
from certserver.storage.engine import Database


@dataclass(frozen=True)
class Desk:
    """One officer at work for one municipality. `secret` gives the storage secret of the home, asked for only where it
    is needed; `actor` is who the audit log says it was. `stands` tells who acts now, or that nobody does any more, for
    whoever may lose a right between asking and doing."""

    database: Database
    municipality: str
    clock: Clock
    entropy: Entropy
    secret: Callable[[], bytes] = field(repr=False)
    who: Officer
    actor: str
    stands: Callable[[Connection], Officer | None] | None = None

    def demand(self, right: Right) -> None:
        """Raises `NotAllowed` unless whoever acts may."""
        demand(self.who, right)

    def now(self) -> int:
        """This instant in Unix seconds."""
        return unix(self.clock.now())

    @contextmanager
    def changing(self) -> Iterator[tuple[Connection, Book]]:
        """One writing transaction under the municipality's lock. Raises `NotAllowed` where whoever acts lost a right or
        their session while they waited for it."""
        with (
            self.database.writing() as connection,
            open_book(connection, self.municipality, self.actor) as book,
        ):
            self.check(connection)
            yield connection, book

    def check(self, connection: Connection) -> None:
        """Raises `NotAllowed` where whoever acts lost a right or their session meanwhile."""
        if self.stands is None:
            return
        now = self.stands(connection)
        if now is None or not self.who.rights <= now.rights:
            raise Forbidden(Objection.MAY_LESS_NOW, mark=self.who.mark)

    def note(self, book: Book, event: AuditEvent, detail: dict[str, str | int]) -> None:
        """Notes what was decided."""
        book.note(AuditEntry(self.now(), event, self.actor, detail))

    def note_set(self, book: Book, what: str) -> None:
        """Notes what was set."""
        self.note(book, AuditEvent.CONFIGURED, {"what": what})

    @cached_property
    def vault(self) -> Vault:
        """What people said and what waits for a decision is stored under it."""
        return Vault(subkey(self.secret(), "stored values"), self.entropy)

    @property
    def subjects(self) -> SubjectKey:
        """The key under which X.509s become subjects."""
        return SubjectKey(subkey(self.secret(), "subjects"))

    @property
    def applications(self) -> ApplicationParts:
        """What the use cases of card applications are handed."""
        return ApplicationParts(self.database, self.clock, self.entropy, ApplicationKeys(self.secret(), self.entropy))


def operator(mark: str = OPERATOR) -> Officer:
    """Whoever sits at the command line: may everything, and is one person all the same. A mark says which."""
    return Officer(mark, frozenset(OfficeRole))


def actor_of(officer: Officer) -> str:
    """How the audit log calls an officer of the console: like no terminal, and like no operator."""
    return f"officer {officer.mark}"
