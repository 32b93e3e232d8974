"""From which day an X.509 is renewed: answered by the dated rules to whoever is signed in at a desk. Nothing of a
person is asked; the card's own last days are what a terminal reads from it."""

from dataclasses import dataclass
from datetime import date

from certserver.applications.validity import RenewalStage, renewable_from, renewal_stage
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.who import AtTerminal, acting
from certserver.ports import in_japan, unix


@dataclass(frozen=True, slots=True)
class RenewalAnswer:
    """What can be done today about an X.509 that ends on a day."""

    last_day: date
    stage: RenewalStage
    first_day: date


def ask_renewal(
    parts: ApplicationParts, who: AtTerminal, last_days: tuple[date, ...]
) -> tuple[RenewalAnswer, ...] | Declined:
    """One answer for each, in their order."""
    now = parts.clock.now()
    with parts.database.reading() as connection:
        acts = acting(connection, who, unix(now), writing=False)
    if isinstance(acts, Declined):
        return acts
    today = in_japan(unix(now)).date()
    return tuple(RenewalAnswer(each, renewal_stage(each, today), renewable_from(each)) for each in last_days)
