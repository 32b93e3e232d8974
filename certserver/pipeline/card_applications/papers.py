"""Papers of the counter for whoever may have them: drawn from what an application says, which is noted in the audit log
before anybody sees it (I12), or blank."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from certserver.applications.attachments import AttachmentKind, may_see
from certserver.applications.facts import FactRefusal
from certserver.applications.form import born
from certserver.applications.moving import Sight, sight
from certserver.applications.permissions import NotHere
from certserver.applications.photo_measures import wants_photo
from certserver.ledger.state import read_state
from certserver.municipality import MunicipalityProfile
from certserver.papers.jpeg import Jpeg, read_jpeg
from certserver.papers.kinds import PAPERS, About, PaperKind, PaperLanguage, may_be_filled
from certserver.papers.model import (
    ApplicationPaper,
    GuidancePaper,
    PersonPaper,
    PlainPaper,
    Reception,
    Town,
    applicant_of,
)
from certserver.papers.press import DrawnPaper, Paper, Undrawable, Unfit
from certserver.pipeline.card_applications.commissions import called_at
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import Asked, permit
from certserver.pipeline.card_applications.rows import Stored, attachments_of, encrypted_content, steps_of
from certserver.pipeline.card_applications.who import Acting, AtTerminal, Who, acting
from certserver.pipeline.settings import SettingsCache
from certserver.ports import in_japan, unix
from koufu.evidence.words import RefusalReason

_USUAL = PaperLanguage.JAPANESE
_UNFIT = {Unfit.MISSING: RefusalReason.CHARACTER_MISSING, Unfit.TOO_LONG: RefusalReason.TOO_LONG}


class PaperMaker(Protocol):
    """From what a paper says to its file."""

    def draw(self, paper: Paper) -> DrawnPaper | Undrawable:
        """The paper, or which of its fields can't be set (I10)."""
        ...


@dataclass(frozen=True, slots=True)
class PaperParts:
    """What draws papers, and what municipalities set for them."""

    maker: PaperMaker
    settings: SettingsCache


def filled_paper(
    parts: ApplicationParts, papers: PaperParts, who: Who, municipality: str, application_id: str, kind: PaperKind
) -> DrawnPaper | Declined:
    """A paper that says what an application says."""

    def told(hand: Hand) -> Paper | Declined:
        stored = hand.application(application_id)
        if isinstance(stored, Declined):
            return stored
        personal, refused = hand.personal(stored), _refused(kind, hand.acts, stored)
        if refused is not None or personal is None:
            return hand.refused(refused or Declined(Why.ERASED), "paper")
        hand.viewed(application_id, f"paper {kind.value}")
        town = town_of(papers.settings.profile(hand.connection, hand.book.state, unix(hand.at)))
        return _told(hand, stored, personal, kind, town)

    paper: Paper | Declined = in_hand(parts, who, municipality, told)
    return paper if isinstance(paper, Declined) else _drawn(papers, paper)


def blank_paper(
    parts: ApplicationParts, papers: PaperParts, who: AtTerminal, kind: PaperKind, language: PaperLanguage = _USUAL
) -> DrawnPaper | Declined:
    """A paper to fill in by hand, or one that is the same for everybody, of the municipality that a place works for."""
    setting = _setting(parts, papers, who)
    return setting if isinstance(setting, Declined) else _drawn(papers, blank(kind, *setting, language))


def guidance_paper(
    parts: ApplicationParts, papers: PaperParts, who: AtTerminal, asked: Asked, language: PaperLanguage = _USUAL
) -> DrawnPaper | Declined:
    """Where to go with what may not be done at a place; `NOT_NOW` where it may."""
    refused = permit(parts, who, asked)
    setting = _setting(parts, papers, who)
    if isinstance(setting, Declined):
        return setting
    if refused is None:
        return Declined(FactRefusal.NOT_NOW)
    if not isinstance(refused.reason, NotHere):
        return refused
    town, day = setting
    # Of another municipality nothing is known here but that it has a counter.
    own = asked.municipality == who.municipality
    told = town if own else Town()
    return _drawn(papers, GuidancePaper(told, day, asked.procedure, refused.reason, refused.instead, language))


def blank(kind: PaperKind, town: Town, day: date, language: PaperLanguage = _USUAL) -> Paper:
    """What a blank paper says. Raises `ValueError` for one that is about an office or what somebody came for."""
    match PAPERS[kind].about:
        case About.APPLICATION if kind is PaperKind.APPLICATION_FORM:
            return ApplicationPaper(town)
        case About.APPLICATION:
            return PersonPaper(kind, town, day)
        case About.NOBODY:
            return PlainPaper(kind, town, day, language)
        case _:
            raise ValueError(f"{kind.value} is never blank")


def town_of(profile: MunicipalityProfile) -> Town:
    """The municipality as its papers name it."""
    window = profile.window
    return Town(
        name=profile.name,
        mayor_title=profile.mayor_title,
        mayor_name=profile.mayor_name,
        place=window.place,
        hours=window.hours,
        phone=window.phone,
        name_en=profile.name_en,
        place_en=window.place_en,
        hours_en=window.hours_en,
    )


def _setting(parts: ApplicationParts, papers: PaperParts, who: AtTerminal) -> tuple[Town, date] | Declined:
    """The municipality that a place works for, and the day, for whoever acts there."""
    at = unix(parts.clock.now())
    with parts.database.reading() as connection:
        state = read_state(connection, who.municipality)
        if state is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        acts = acting(connection, who, at, writing=False)
        if isinstance(acts, Declined):
            return acts
        return town_of(papers.settings.profile(connection, state, at)), in_japan(at).date()


def _refused(kind: PaperKind, acts: Acting, stored: Stored) -> Declined | None:
    """Why somebody can't have a paper filled in: to whoever may not see all of an application there is none."""
    application, actor = stored.application, acts.actor
    if sight(application, actor) is not Sight.ALL:
        return Declined(Why.UNKNOWN)
    if stored.key is None:
        return Declined(Why.ERASED)
    if may_be_filled(kind, actor.role, application.state):
        return None
    row = PAPERS[kind]
    reason = FactRefusal.NOT_NOW if actor.role in row.filled_for else Why.ROLE_NOT_HERE
    return Declined(reason, version=stored.version, state=application.state)


def _told(hand: Hand, stored: Stored, personal: Personal, kind: PaperKind, town: Town) -> Paper:
    """What the paper says."""
    application = stored.application
    first = steps_of(hand.connection, hand.municipality, application.application_id)[0]
    called = called_at(hand.connection, hand.municipality, unix(hand.at))
    outlet = called.get(stored.outlet, stored.outlet)
    reception = Reception(application.application_id, outlet, in_japan(first.at).date())
    applicant = applicant_of(personal.form, personal.name, personal.address)
    if kind is not PaperKind.APPLICATION_FORM:
        return PersonPaper(kind, town, hand.at.date(), applicant, reception)
    day = born(personal.form)
    return ApplicationPaper(
        town=town,
        applicant=applicant,
        reception=reception,
        fields=personal.form,
        form_id=personal.form_id or "",
        photo=_photo(hand, stored),
        photo_wanted=day is None or wants_photo(day, hand.at.date()),
    )


def _photo(hand: Hand, stored: Stored) -> Jpeg | None:
    """The photo that counts, where the actor may see it and a page can show it."""
    application = stored.application
    listed = attachments_of(hand.connection, hand.municipality, application.application_id)
    photos = [each for each in listed if each.kind is AttachmentKind.PHOTO]
    if not photos or not may_see(AttachmentKind.PHOTO, application, hand.acts.actor):
        return None
    number = photos[-1].number
    closed = encrypted_content(hand.connection, hand.municipality, application.application_id, number)
    if closed is None or stored.key is None:
        return None
    keys = hand.parts.keys
    return read_jpeg(keys.open_attachment(stored.key, hand.municipality, application.application_id, number, closed))


def _drawn(papers: PaperParts, paper: Paper) -> DrawnPaper | Declined:
    drawn = papers.maker.draw(paper)
    return Declined(_UNFIT[drawn.why], fields=drawn.fields) if isinstance(drawn, Undrawable) else drawn
