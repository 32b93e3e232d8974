"""What happens when something does not belong together: the alarm is raised, nothing leaves, and the municipality
serves nobody until a person closes it (I9)."""

from collections.abc import Callable
from typing import TypeVar

from certserver.errors import IntegrityAlarm
from certserver.ledger.alarms import ALARM_ID_BYTES, SERVER, raise_alarm
from certserver.ledger.book import open_book
from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.stages import Refused
from koufu.evidence.words import RefusalReason

_Value = TypeVar("_Value")


def guarded(parts: Parts, municipality: str, step: Callable[[], _Value]) -> _Value | Refused:
    """What the step gives; `SUSPENDED` after an alarm was raised in it."""
    try:
        return step()
    except IntegrityAlarm as alarm:
        with parts.database.writing() as connection, open_book(connection, municipality) as book:
            alarm_id = parts.entropy(ALARM_ID_BYTES)
            raise_alarm(connection, book, alarm_id, SERVER, str(alarm), unix(parts.clock.now()))
        return Refused(RefusalReason.SUSPENDED)
