"""Whether somebody can have a card by express issuance: what they say at the counter, and what register and
applications say beside it. Asked before an application is opened, and once more when it is."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from certserver.applications.counter_settings import MakerSetting
from certserver.applications.express import Claim, ExpressGranted, ExpressRefused, ExpressRequest, eligibility
from certserver.applications.express_dates import ArrivalRange, arrival
from certserver.applications.places import Procedure
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import Asked, permit
from certserver.pipeline.card_applications.rows import of_person
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.ports import in_japan, unix
from certserver.registers.hidden import read_hidden
from certserver.registers.resident_now import read_resident_now
from koufu.applying.words import Comer

_NOWHERE = ""
"""No address is asked for beside the resident's own."""


@dataclass(frozen=True, slots=True)
class ExpressSaid:
    """What is said at the counter. `comes`: the person, with the legal representative where one is needed."""

    claims: tuple[Claim, ...]
    comes: bool
    last_card_on: date | None
    card_from_abroad_valid: bool
    with_birth_notice: bool
    move_planned: bool
    wants_x509: bool


@dataclass(frozen=True, slots=True)
class ExpressAnswer:
    """It may be applied for; and about when the card may arrive."""

    granted: ExpressGranted
    arrives: ArrivalRange


@dataclass(frozen=True, slots=True)
class ExpressQuestion:
    """For whom, in whose register."""

    municipality: str
    resident_id: str = field(repr=False)
    said: ExpressSaid


def ask_express(parts: ApplicationParts, who: AtTerminal, question: ExpressQuestion) -> ExpressAnswer | Declined:
    """Whether, for how much, about when; or why not and where."""
    declined = permit(parts, who, Asked(Procedure.EXPRESS, Comer.PERSON, question.municipality))
    if declined is not None:
        return declined
    at = in_japan(unix(parts.clock.now()))
    with parts.database.reading() as connection:
        if read_hidden(connection, question.municipality, question.resident_id, _NOWHERE):
            return Declined(Why.NO_SUCH_RESIDENT)
        person = parts.keys.person(question.municipality, question.resident_id)
        others = of_person(connection, question.municipality, person)
        judged = judge_express(
            connection, question.municipality, question.resident_id, question.said, at.date(), another=bool(others)
        )
        maker = read_counter_settings(connection, question.municipality).maker_at(unix(at)) or MakerSetting()
    if isinstance(judged, Declined):
        return judged
    return ExpressAnswer(judged, arrival(at, maker.cards_ahead, maker.calendar()))


def judge_express(
    connection: Connection, municipality: str, resident_id: str, said: ExpressSaid, day: date, *, another: bool
) -> ExpressGranted | Declined:
    """What the rules say of what is said on a day. `another`: whether an application of the person is open."""
    now = read_resident_now(connection, municipality, resident_id)
    if now is None or now.born is None or not now.lives_here:
        return Declined(Why.NO_SUCH_RESIDENT)
    request = ExpressRequest(
        claims=said.claims,
        born=now.born,
        comes=said.comes,
        last_card_on=said.last_card_on,
        card_from_abroad_valid=said.card_from_abroad_valid,
        with_birth_notice=said.with_birth_notice,
        open_application=another,
        move_planned=said.move_planned or now.move_out_planned is not None,
        wants_x509=said.wants_x509,
    )
    judged = eligibility(request, day)
    if isinstance(judged, ExpressRefused):
        return Declined(judged.reason, nearest=judged.nearest, days_late=judged.days_late)
    return judged
