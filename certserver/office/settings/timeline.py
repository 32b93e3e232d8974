"""What stood when: since when each subject says what it says, when it is to say something else, and what counted in the
instant in which a document was issued. Pure but for the one look into the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from certserver.errors import ConfigurationError
from certserver.ledger.state import read_state
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.office.settings.content import Content, Standing
from certserver.office.settings.difference import Subject, facets
from certserver.office.settings.entering import standing
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


def spans(stood: Standing, at: int) -> dict[Subject, Span]:
    """Of every subject that counts at an instant or is to count: how long it has said and will say the same."""
    told = [(instant, facets(stood.content(instant))) for instant in sorted({*_instants(stood), at})]
    now = next(facet for instant, facet in told if instant == at)
    found = {}
    for subject in {subject for _, facet in told for subject in facet}:
        says, since, until = now.get(subject), None, None
        for instant, facet in reversed(told):
            if instant <= at:
                if facet.get(subject) != says:
                    break
                since = instant
        until = next((instant for instant, facet in told if instant > at and facet.get(subject) != says), None)
        found[subject] = Span(None if says is None else since, until)
    return found


def then(desk: Desk, document_no: str) -> Then:
    """What counted when a document was issued, by its number as printed. Raises `ConfigurationError` when this
    municipality issued none of that number."""
    desk.demand(Right.SEE)
    try:
        plain = parse_document_number(document_no)
    except MalformedEvidence as error:
        raise ConfigurationError(f"this is no document number: {error}") from error
    table = ledger.c
    wanted = select(table.kind, table.issued_at, table.fee).where(
        table.municipality == desk.municipality, table.document_no == plain
    )
    with desk.database.reading() as connection:
        row = connection.execute(wanted).first()
        state = read_state(connection, desk.municipality)
        if row is None or state is None:
            raise ConfigurationError(f"{desk.municipality} issued no document of this number")
        stood = standing(connection, state)
    return Then(plain, row.kind, row.issued_at, row.fee, stood.content(row.issued_at), spans(stood, row.issued_at))


def _instants(stood: Standing) -> set[int]:
    settings = stood.settings
    of_kinds = (settings.kinds, settings.fees, settings.hours, settings.tax_years)
    found = {row.effective_at for rows in of_kinds for row in rows}
    found |= {row.effective_at for row in settings.closures}
    found |= {row.effective_at for row in settings.purposes}
    found |= {each.effective_at for each in stood.retention}
    return found | {profile.since for profile in stood.profiles}
