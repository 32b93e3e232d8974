"""Why what an officer asks of issued sheets is not done, in words that each way of asking tells in its own language."""

from enum import Enum

from certserver.errors import ConfigurationError


class WhyNot(Enum):
    """The reason."""

    MARKED_ALREADY = "marked-already"
    NO_CRITERION = "no-criterion"
    NO_REASON = "no-reason"
    NOTHING_ISSUED = "nothing-issued"
    NOT_BY_ONE = "not-by-one"
    NO_QUESTION = "no-question"
    TOO_OFTEN = "too-often"
    WAITS_ALREADY = "waits-already"


class NotDone(ConfigurationError):
    """What was asked is not done; nothing changed."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(f"not done: {why.value}")
        self.why = why
