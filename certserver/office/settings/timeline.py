"""What stood when: since when each subject says what it says, when it is to say something else, and what counted in the
instant in which a document was issued. Pure but for the one look into the ledger."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.office.settings.content import Content, Standing
from certserver.office.settings.difference import PROFILE_FIELDS, Area, Subject
from certserver.office.settings.entering import standing
from certserver.office.settings.lost import subjects_of
from certserver.office.views import note_view
from certserver.rules.unread import Unread
from certserver.storage.issued import ledger
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number


@dataclass(frozen=True, slots=True)
class Span:
    """From which Unix second a subject says what it says, None where nothing is set yet; until which, None while no
    later change is known."""

    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Then:
    """What counted when a document was issued. `issued_at` in Unix seconds."""

    document_no: str
    kind: str
    issued_at: int
    fee: int
    content: Content
    spans: Mapping[Subject, Span]
    unread: tuple[Unread, ...]
    """What of it can't be told."""


def spans(stood: Standing, at: int) -> dict[Subject, Span]:
    """Of every subject that was ever set, or is to be: since when it says what it does at an instant, until when."""
    return {
        subject: Span(
            since=max((instant for instant in instants if instant <= at), default=None),
            until=min((instant for instant in instants if instant > at), default=None),
        )
        for subject, instants in _set_at(stood).items()
    }


def instants_after(stood: Standing, at: int) -> set[int]:
    """The instants at which something is still to change."""
    return {instant for instants in _set_at(stood).values() for instant in instants if instant > at}


def then(desk: Desk, document_no: str, purpose: Purpose) -> Then:
    """What counted when a document was issued, by its number as printed. Kind and second of it are somebody's affair:
    the view is noted with its purpose. Raises `ConfigurationError` where none of that number was issued here."""
    desk.demand(Right.SEARCH_LEDGER)
    try:
        plain = parse_document_number(document_no)
    except MalformedEvidence as error:
        raise Objected(Objection.NO_DOCUMENT_NUMBER) from error
    table = ledger.c
    wanted = select(table.kind, table.issued_at, table.fee).where(
        table.municipality == desk.municipality, table.document_no == plain
    )
    with desk.changing() as (connection, book):
        row = connection.execute(wanted).first()
        if row is None:
            raise Objected(Objection.NOT_ISSUED)
        stood = standing(connection, book.state)
        note_view(desk, book, "issued document", plain, purpose)
    at = row.issued_at
    return Then(plain, row.kind, at, row.fee, stood.content(at), spans(stood, at), stood.unread(at))


def _set_at(stood: Standing) -> Mapping[Subject, set[int]]:
    """The instants at which each subject was set, or is to be."""
    settings = stood.settings
    found: defaultdict[Subject, set[int]] = defaultdict(set)
    of_kinds = (
        (Area.CHOICES, settings.kinds),
        (Area.FEES, settings.fees),
        (Area.HOURS, settings.hours),
        (Area.TAX_YEARS, settings.tax_years),
    )
    for area, rows in of_kinds:
        for row in rows:
            found[Subject(area, row.kind.value)].add(row.effective_at)
    found[Subject(Area.REFUSALS)].update(row.effective_at for row in settings.refusal_texts)
    found[Subject(Area.POST_OFFICES)].update(at for at, _ in stood.commissions)
    found[Subject(Area.CLOSURES)].update(row.effective_at for row in settings.closures)
    found[Subject(Area.PURPOSES)].update(row.effective_at for row in settings.purposes)
    for each in stood.retention:
        found[Subject(Area.RETENTION, f"{each.span.value} {each.state.value}")].add(each.effective_at)
    found[Subject(Area.IDENTITY)].update(each.effective_at for each in stood.counter.identity)
    found[Subject(Area.CARD_MAKER)].update(each.effective_at for each in stood.counter.maker)
    for lost in settings.unread:
        for subject in subjects_of(lost):
            found[subject].add(lost.since)
    # A profile is one row for all of its areas: an area was set where a field of it differs from the row before.
    for before, profile in zip((None, *stood.profiles), stood.profiles, strict=False):
        for area, fields in PROFILE_FIELDS.items():
            if before is None or any(getattr(before, name) != getattr(profile, name) for name in fields):
                found[Subject(area)].add(profile.since)
    return found
