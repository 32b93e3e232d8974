"""The notice that an office posts (取り扱う事務の掲示): which procedures of the municipality are opened there, drawn
from the commission that counts. Nothing is posted that was not resolved and agreed."""

from collections.abc import Iterable
from datetime import date

from certserver.applications.commissions import Commission, Instrument
from certserver.applications.places import Place
from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger.state import read_state
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.outlets import is_code
from certserver.papers.model import NoticePaper
from certserver.papers.press import DrawnPaper, Undrawable
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.pipeline.card_applications.papers import PaperParts, town_of
from certserver.ports import in_japan

__all__ = ["Instrument", "counting", "posted_notice"]


def posted_notice(desk: Desk, papers: PaperParts, office: str, place: str) -> DrawnPaper:
    """The notice of an office, as its commission stands now. Raises `NoSuchEntry` for no kind of place, and
    `ConfigurationError` where nothing can be posted."""
    desk.demand(Right.SEE)
    if place not in {each.value for each in Place}:
        raise NoSuchEntry("there is no such kind of place")
    at = desk.now()
    with desk.database.reading() as connection:
        state = read_state(connection, desk.municipality)
        if state is None:
            raise ConfigurationError(f"municipality {desk.municipality} is not set up in this database")
        town = town_of(papers.settings.profile(connection, state, at))
        listed = read_commissions(connection, desk.municipality, at)
    today = in_japan(at).date()
    drawn = papers.maker.draw(NoticePaper(town, today, counting(listed, office, Place(place), today)))
    if isinstance(drawn, Undrawable):
        raise Objected(Objection.PAPER_UNPRINTABLE, fields=", ".join(drawn.fields))
    return drawn


def counting(commissions: Iterable[Commission], office: str, place: Place, today: date) -> Commission:
    """The commission of an office that counts today, or the next one. Raises `ConfigurationError` when there is none,
    while anything is missing behind it but the notice itself, and where nobody said what residents know it by."""
    mine = [each for each in commissions if (each.office, each.place) == (office, place)]
    coming = [each for each in mine if each.until is None or each.until >= today]
    if not coming:
        raise Objected(Objection.NO_COMMISSION, office=office)
    found = min(coming, key=lambda each: each.since or today)
    for each in found.missing(max(today, found.since or today)):
        if each is not Instrument.NOTICE_POSTED:
            raise Objected(Objection.NOTICE_LACKS, instrument=each)
    if is_code(found.shown):
        raise Objected(Objection.NOTICE_NAMELESS, office=office)
    return found
