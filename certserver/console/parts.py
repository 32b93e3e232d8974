"""What the console needs of the rest of the server, and gets from composition."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from certserver.ledger.audit import AuditHead
from certserver.office.settings.preview import Previews
from certserver.office.signing_in.parts import Doors
from certserver.pipeline.card_applications.papers import PaperParts
from certserver.web.pace import Pace


class Imports(Protocol):
    """Deliveries to be taken in, and imports of them, which go on by themselves."""

    def names(self) -> tuple[str, ...] | None:
        """The deliveries there are; None where no folder for them is configured."""

    def start(self, name: str, mark: str, *, dry_run: bool, accept_losses: bool) -> None:
        """Begins an import of one of them, wanted by the officer of this mark."""

    def wait(self) -> None:
        """Returns once every import that was begun here has ended."""


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Everything the console of one municipality stands on. `hosts` are the names it answers to; `elapsed` gives
    seconds that never run back, `pause` waits for some; `name` tells what the municipality is called now, in Japanese;
    `read_official_seal` makes a picture of an official seal one's own, `picture_of` makes one of a scan in PDF;
    `papers` draws papers; `secret` is the home's. `heads` are those of the audit log that were kept apart from the
    database; `verifying` says how often all of it is read. `enrolment` is host:port where terminals enrol, empty where
    none can; `tls_ends` tells what the server and its terminals prove themselves by that ends soon: `server-x509` or
    `ca`, with its end in Unix seconds."""

    hosts: Collection[str]
    doors: Doors
    elapsed: Callable[[], float]
    pause: Callable[[float], Awaitable[None]]
    name: Callable[[], str]
    previews: Previews
    read_official_seal: Callable[[bytes], bytes]
    picture_of: Callable[[bytes], bytes]
    papers: PaperParts
    imports: Imports
    secret: Callable[[], bytes] = field(repr=False)
    heads: Callable[[Connection], tuple[AuditHead, ...]]
    verifying: Pace
    enrolment: str
    tls_ends: Callable[[], Sequence[tuple[str, int]]]
