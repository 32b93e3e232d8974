"""The base of everything that a municipality sets: it says what is known and nothing else; and the texts in it."""

from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Anything that is set: it says what is known and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def is_line(text: str) -> bool:
    """Whether a page and a sheet can show it as a line of text: a full-width space is one of its characters."""
    return all(category(character) not in ("Cc", "Cs") for character in text)


def printable(text: str) -> str:
    """Raises `ValueError` for what neither a page nor a sheet can show."""
    if not is_line(text):
        raise ValueError("it holds a character that can't be printed, such as the end of a line")
    return text


Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(printable)]
Words = Annotated[str, Field(max_length=400), AfterValidator(printable)]
