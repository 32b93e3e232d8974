"""The hand-over of a card at a municipal counter: whether whoever came may have it, that the card on the desk is the
one that was made for this application, and that it bears its PINs.
What was shown is kept with the rest that is personal; a PIN is nowhere. Moving it is `moving`'s, which lets a card go
only on the day on which its taker was admitted."""

import hmac
from dataclasses import dataclass, field, replace

from certserver.applications.facts import Facts, NotTaken, known
from certserver.applications.form import born, is_yes
from certserver.applications.hand_over import (
    COMERS,
    Admitted,
    Coming,
    HandOver,
    Lacking,
    PinSetting,
    judge_hand_over,
)
from certserver.applications.moves import Need
from certserver.applications.moving import MoveRefusal
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.moving import end_by_record
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored, has_photo, read_application
from certserver.pipeline.card_applications.stepping import Request, Which, keep, step_of
from certserver.pipeline.card_applications.waiting import WAITS, admitted_today, hands_over_here
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.ports import unix

ADMIT = "admit-taker"
COMPARE, COMPARE_BY_EYE = "compare-card", "compare-card-by-eye"
ACTIVATE = "activate"
_COMPARED = "card"


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was done: what is missing before the card may be handed over."""

    lacking: Lacking


@dataclass(frozen=True, slots=True)
class TakerAdmitted:
    """The card may be handed over today, and its PINs be set in one of these ways."""

    done: Done
    pins: tuple[PinSetting, ...]


@dataclass(frozen=True, slots=True)
class OnDesk:
    """The card on the desk: the X.509 (DER) that it shows without a PIN, empty where it bears none. `by_eye`: an
    officer compared what is printed on it with the application."""

    x509: bytes = field(repr=False)
    by_eye: bool = False


def admit_taker(
    parts: ApplicationParts, who: AtTerminal, which: Which, asked: HandOver, request: Request
) -> TakerAdmitted | Missing | Declined:
    """Judges who came by the rules of today, and keeps who was admitted and by what."""
    judged: list[Admitted | Lacking] = []

    def admit(hand: Hand, stored: Stored) -> Done | Declined:
        return _admit(hand, stored, asked, judged)

    done = step_of(parts, who, which, request, admit)
    if judged and isinstance(judged[0], Lacking):
        return Missing(judged[0])
    if isinstance(done, Declined):
        return done
    return TakerAdmitted(done, _pins(parts, which))


def compare_card(
    parts: ApplicationParts, who: AtTerminal, which: Which, on_desk: OnDesk, request: Request
) -> Done | Declined:
    """Whether the card on the desk is this application's. It is compared anew for whoever is admitted."""
    return step_of(parts, who, which, request, lambda hand, stored: _compare(hand, stored, on_desk))


def activate(
    parts: ApplicationParts, who: AtTerminal, which: Which, setting: PinSetting, request: Request
) -> Done | Declined:
    """The card bears its PINs now, set in this way."""
    return step_of(parts, who, which, request, lambda hand, stored: _activate(hand, stored, setting))


def _admit(hand: Hand, stored: Stored, asked: HandOver, judged: list[Admitted | Lacking]) -> Done | Declined:
    personal = _at_counter(hand, stored, asked.coming)
    if isinstance(personal, Declined):
        return personal
    ended = end_by_record(hand, stored)
    if ended is not None:
        return ended
    birth = born(personal.form)
    if birth is None:
        return Declined(Why.NOBODY_FOUND)
    asked = replace(asked, adult_ward=asked.adult_ward or is_yes(personal.form, "adult-ward"))
    # What was set for a taker before is set anew; what was set before the card was mailed stands.
    before = personal.hand_over.get("pins") == PinSetting.BEFORE.value
    pins_set = before or (stored.application.activated and not personal.hand_over)
    policy = read_counter_settings(hand.connection, hand.municipality).policy(unix(hand.at))
    verdict = judge_hand_over(
        *(asked, birth, hand.at.date()),
        face_auth=stored.application.face_auth,
        pins_set=pins_set,
        documents=policy.documents,
    )
    judged.append(verdict)
    if isinstance(verdict, Lacking):
        return Declined(
            MoveRefusal.NEED, (Need.TAKER_ADMITTED,), version=stored.version, state=stored.application.state
        )
    kept = {
        "on": hand.at.date().isoformat(),
        "coming": asked.coming.value,
        "case": "" if asked.case is None else asked.case.value,
        "supported-by": " ".join(each.name for each in verdict.supported_by),
        "holder-by": verdict.holder_by.value,
        "taker-by": "" if verdict.taker_by is None else verdict.taker_by.value,
        "officer-grants": "yes" if asked.officer_grants else "no",
        "adult-ward": "yes" if asked.adult_ward else "no",
        "pins": " ".join(sorted(each.value for each in verdict.pins)),
    }
    return _known(hand, stored, replace(personal, hand_over=kept), Facts(taker=verdict.comer, activated=False), ADMIT)


def _compare(hand: Hand, stored: Stored, on_desk: OnDesk) -> Done | Declined:
    personal = _admitted(hand, stored)
    if isinstance(personal, Declined):
        return personal
    if personal.card:
        found = hand.parts.keys.card(hand.municipality, on_desk.x509).hex()
        if not hmac.compare_digest(found, personal.card):
            return Declined(Why.OTHER_CARD, version=stored.version, state=stored.application.state)
    elif not on_desk.by_eye:
        return Declined(Why.BY_EYE, version=stored.version, state=stored.application.state)
    step = COMPARE if personal.card else COMPARE_BY_EYE
    after = replace(personal, hand_over={**personal.hand_over, _COMPARED: step})
    return _known(hand, stored, after, Facts(activated=False), step)


def _activate(hand: Hand, stored: Stored, setting: PinSetting) -> Done | Declined:
    personal = _admitted(hand, stored)
    if isinstance(personal, Declined):
        return personal
    if _COMPARED not in personal.hand_over:
        return Declined(Why.NOT_COMPARED, version=stored.version, state=stored.application.state)
    if setting.value not in personal.hand_over.get("pins", "").split():
        return Declined(Why.OTHER_PIN_SETTING, version=stored.version, state=stored.application.state)
    after = replace(personal, hand_over={**personal.hand_over, "pin-setting": setting.value})
    return _known(hand, stored, after, Facts(activated=True), ACTIVATE)


def _admitted(hand: Hand, stored: Stored) -> Personal | Declined:
    """Here, and for whoever was admitted today."""
    word = "" if (opened := hand.personal(stored)) is None else opened.hand_over.get("coming", "")
    coming = Coming(word) if word else Coming.PERSON
    personal = _at_counter(hand, stored, coming)
    if isinstance(personal, Declined):
        return personal
    if stored.application.taker is None or not admitted_today(hand, personal):
        return _needs_taker(stored)
    return personal


def _needs_taker(stored: Stored) -> Declined:
    return Declined(MoveRefusal.NEED, (Need.TAKER_ADMITTED,), version=stored.version, state=stored.application.state)


def _pins(parts: ApplicationParts, which: Which) -> tuple[PinSetting, ...]:
    """In which ways the PINs may be set for whoever was admitted; also when the same was asked before."""
    with parts.database.reading() as connection:
        stored = read_application(connection, which.municipality, which.application_id)
    if stored is None or stored.key is None or stored.personal is None:
        return ()
    personal = parts.keys.open_personal(stored.key, which.municipality, which.application_id, stored.personal)
    pins = personal.hand_over.get("pins", "").split()
    return tuple(each for each in PinSetting if each.value in pins)


def _at_counter(hand: Hand, stored: Stored, coming: Coming) -> Personal | Declined:
    refused = hands_over_here(hand.connection, hand.acts, hand.municipality, COMERS[coming], hand.at)
    if refused is not None:
        return refused
    if stored.application.state not in WAITS:
        return Declined(Why.NOT_WAITING, version=stored.version, state=stored.application.state)
    personal = hand.personal(stored)
    return Declined(Why.ERASED) if personal is None else personal


def _known(hand: Hand, stored: Stored, personal: Personal, facts: Facts, step: str) -> Done | Declined:
    application = stored.application
    photo = has_photo(hand.connection, hand.municipality, application.application_id)
    after = known(application, personal.form, facts, hand.acts.actor, hand.at.date(), has_photo=photo)
    if isinstance(after, NotTaken):
        return Declined(after.reason, fields=after.wrong, version=stored.version, state=application.state)
    return keep(hand, stored, replace(stored, application=after, personal=hand.closed(stored, personal)), step)
