"""Who can have a card by express issuance (特急発行), until when and for how much. A plain first application and an
ordinary renewal never can. Pure; the day is an argument."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from certserver.applications.ages import birthday
from certserver.applications.dated import in_force
from certserver.applications.express_codes import (
    CHARGED,
    EXPRESS_ROWS,
    FREE,
    ExpressCode,
    ExpressRow,
    Fee,
    FeeVaries,
)
from certserver.days import full_years


class FeeWeighed(Enum):
    """What the municipality decided where a fee varies; the row's fee stands otherwise."""

    AS_THE_ROW = "as-the-row"
    FREE = "free"
    CHARGED = "charged"


@dataclass(frozen=True, slots=True)
class Claim:
    """A ground that somebody names, and the day on which it happened; for an infant, the day of birth."""

    code: ExpressCode
    happened_on: date
    weighed: FeeWeighed = FeeWeighed.AS_THE_ROW


@dataclass(frozen=True, slots=True)
class ExpressRequest:
    """What is known of somebody who asks. `last_card_on`: on which day they last had one issued, None: never.
    `comes`: the person, with the legal representative where one is needed, stands at the municipal counter."""

    claims: tuple[Claim, ...]
    born: date = field(repr=False)
    comes: bool = True
    last_card_on: date | None = None
    card_from_abroad_valid: bool = False
    with_birth_notice: bool = False
    open_application: bool = False
    move_planned: bool = False
    wants_x509: bool = True


class ExpressRefusal(Enum):
    """Why there is no express issuance. Those that a claim can fail for stand from the nearest to the farthest."""

    WINDOW_OVER = "window-over"
    NOT_YET = "not-yet"
    """It is said to happen on a later day."""
    NOT_FIRST_SINCE = "not-first-since"
    """A card was issued since it happened; for an infant, ever."""
    CARD_STILL_VALID = "card-still-valid"
    NO_SUCH_RULE = "no-such-rule"
    """On that day there was no express issuance."""
    NO_GROUND = "no-ground"
    MUST_COME = "must-come"
    OPEN_APPLICATION = "open-application"
    MOVE_PLANNED = "move-planned"


_NEARNESS = tuple(ExpressRefusal)


@dataclass(frozen=True, slots=True)
class ExpressGranted:
    """The ground that costs least: its last day, yen, and what shows it; `others` hold too."""

    code: ExpressCode
    deadline: date
    fee: int
    shown_by: str
    others: tuple[ExpressCode, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpressRefused:
    """The ordinary time. `nearest` is the ground that failed by least, and `days_late` by how many days its window is
    over; None where no ground was named or something else stands against all."""

    reason: ExpressRefusal
    nearest: ExpressCode | None = None
    days_late: int = 0


def eligibility(request: ExpressRequest, day: date) -> ExpressGranted | ExpressRefused:
    """Whether somebody can have it on a day: by the cheapest ground that holds, in doubt the earlier in the table; or
    why not, by the ground that came nearest."""
    rows = {row.code: row for row in in_force(EXPRESS_ROWS, day)}
    if not rows:
        return ExpressRefused(ExpressRefusal.NO_SUCH_RULE)
    against = _against_all(request)
    if against is not None:
        return ExpressRefused(against)
    holding: list[ExpressGranted] = []
    failed: list[ExpressRefused] = []
    for claim in request.claims:
        judged = _judge(claim, request, rows[claim.code], day)
        if isinstance(judged, ExpressGranted):
            holding.append(judged)
        else:
            failed.append(judged)
    if holding:
        return _cheapest(holding)
    if failed:
        return min(failed, key=lambda each: (_NEARNESS.index(each.reason), each.days_late))
    return ExpressRefused(ExpressRefusal.NO_GROUND)


def deadline(row: ExpressRow, happened_on: date) -> date:
    """The last day of a ground's window."""
    if row.days is not None:
        return happened_on + timedelta(days=row.days - 1)
    # Under one by the law on ages: who was born on 29 February is, until 28 February of the next year included.
    first = birthday(happened_on, happened_on.year + 1)
    return first if full_years(happened_on, first) < 1 else first - timedelta(days=1)


def fee_of(row: ExpressRow, weighed: FeeWeighed) -> Fee:
    """The fee of a ground, as the municipality weighed it. Raises `ValueError` where there is nothing to weigh."""
    if weighed is FeeWeighed.AS_THE_ROW:
        return row.fee
    if row.varies is FeeVaries.NEVER:
        raise ValueError(f"the fee of {row.code.value} does not vary")
    return FREE if weighed is FeeWeighed.FREE else CHARGED


def _against_all(request: ExpressRequest) -> ExpressRefusal | None:
    by_birth_notice = request.with_birth_notice and any(each.code is ExpressCode.INFANT for each in request.claims)
    reasons = (
        (not request.comes and not by_birth_notice, ExpressRefusal.MUST_COME),
        (request.open_application, ExpressRefusal.OPEN_APPLICATION),
        (request.move_planned, ExpressRefusal.MOVE_PLANNED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _judge(claim: Claim, request: ExpressRequest, row: ExpressRow, day: date) -> ExpressGranted | ExpressRefused:
    infant = claim.code is ExpressCode.INFANT
    happened_on = request.born if infant else claim.happened_on
    last_day = deadline(row, happened_on)
    for holds, reason, late in _reasons(claim, request, happened_on, last_day, day):
        if holds:
            return ExpressRefused(reason, claim.code, late)
    fee = fee_of(row, claim.weighed).of(x509=request.wants_x509)
    return ExpressGranted(claim.code, last_day, fee, row.shown_by)


def _reasons(
    claim: Claim, request: ExpressRequest, happened_on: date, last_day: date, day: date
) -> Iterator[tuple[bool, ExpressRefusal, int]]:
    last = request.last_card_on
    infant = claim.code is ExpressCode.INFANT
    valid = claim.code is ExpressCode.FROM_ABROAD and request.card_from_abroad_valid
    yield valid, ExpressRefusal.CARD_STILL_VALID, 0
    yield last is not None and (infant or last >= happened_on), ExpressRefusal.NOT_FIRST_SINCE, 0
    yield day < happened_on, ExpressRefusal.NOT_YET, 0
    yield day > last_day, ExpressRefusal.WINDOW_OVER, max(0, (day - last_day).days)
    # Without the person only the child's card that is asked for with the notice of its birth.
    yield not request.comes and not infant, ExpressRefusal.MUST_COME, 0


def _cheapest(holding: list[ExpressGranted]) -> ExpressGranted:
    in_order = sorted(holding, key=lambda each: (each.fee, tuple(ExpressCode).index(each.code)))
    first, *others = in_order
    return ExpressGranted(first.code, first.deadline, first.fee, first.shown_by, tuple(each.code for each in others))
