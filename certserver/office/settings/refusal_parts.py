"""The part of what a municipality sets for refusals: what it says beside a reason, checked by itself. A text is the
same for everybody: nothing of a person or an order is ever put into it."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from certserver.office.settings.part import Part, printable
from certserver.rules.settings import RefusalText
from koufu.evidence.words import RefusalReason

LONGEST_JA = 60
LONGEST_EN = 120
MARKS = frozenset("{}|")
"""By which the terminal's own texts have gaps and breaks."""


def _plain(text: str) -> str:
    """Raises `ValueError` for what no screen can show as it is."""
    if set(text) & MARKS:
        raise ValueError("a text has neither braces nor bars")
    return printable(text)


class RefusalTextPart(Part):
    """What is said where something can't be had for a reason: to the resident in both languages, and to whoever is
    shown the slip at a counter. What is left out stays as the terminal has it."""

    reason: RefusalReason
    text: Annotated[str, Field(max_length=LONGEST_JA), AfterValidator(_plain)] = ""
    text_en: Annotated[str, Field(max_length=LONGEST_EN), AfterValidator(_plain)] = ""
    counter: Annotated[str, Field(max_length=LONGEST_JA), AfterValidator(_plain)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.row()
        return self

    def row(self) -> RefusalText:
        """The text, as the rules know it."""
        return RefusalText(self.reason, self.text, self.text_en, self.counter)
