"""One request as pages see it: what was asked in what language, and who asks. Whose municipality it is comes from the
console itself and the session that belongs to it, never from what was asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import ImmutableMultiDict

from certserver.console.parts import ConsoleParts
from certserver.console.said import Said
from certserver.console.texts import Texts
from certserver.errors import NotAllowed
from certserver.office.desk import Desk, actor_of
from certserver.office.purposes import Purpose
from certserver.office.signing_in.by_passkey import Site
from certserver.office.signing_in.sessions import Present, stands

Fields = ImmutableMultiDict[str, str]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""All but tab and line ends, which a text of several lines has."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request. `path` is as asked, `named` what its route names in it; `token` is the session's or, before there is
    one, the visit's."""

    parts: ConsoleParts
    path: str
    named: Mapping[str, str]
    query: Fields
    form: Fields = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)
    texts: Texts
    site: Site
    address: str
    token: bytes = field(repr=False)
    present: Present | None
    back: str
    """Where this was asked from."""
    said: Said | None = None
    """What was done just before."""

    @property
    def garbled(self) -> bool:
        """Whether any text of it holds a control character: nobody types those, and not every database keeps them."""
        pairs = (*self.named.items(), *self.query.multi_items(), *self.form.multi_items())
        return any(_CONTROL.search(text) for text in (self.path, *(text for pair in pairs for text in pair)))

    @property
    def now(self) -> int:
        """This instant in Unix seconds."""
        return self.parts.doors.now()

    @property
    def who(self) -> Present:
        """Who is signed in, on pages that nobody else sees."""
        assert self.present is not None, "an open page asks for nobody"
        return self.present

    @property
    def mark(self) -> str:
        """The mark of whoever is signed in."""
        return self.who.officer.mark

    @property
    def purpose(self) -> Purpose:
        """For what personal data are looked at. Raises `NotAllowed` where it was not told, or ran out meanwhile."""
        told = self.who.session.purpose(self.now)
        if told is None:
            raise NotAllowed("personal data are looked at for a purpose")
        return told

    @property
    def desk(self) -> Desk:
        """The desk at which whoever is signed in does something."""
        doors, officer = self.parts.doors, self.who.officer
        session_hash = self.who.session.session_hash
        return Desk(
            database=doors.database,
            municipality=doors.municipality,
            clock=doors.clock,
            entropy=doors.entropy,
            secret=self.parts.secret,
            who=officer,
            actor=actor_of(officer),
            stands=lambda connection: stands(doors, connection, session_hash),
        )

    def typed(self, name: str, longest: int = 200) -> str:
        """A field of the form without blanks around it, cut where nobody types so much; empty where there is none."""
        return self.form.get(name, "")[:longest].strip()
