"""The base of everything that a municipality sets: it says what is known and nothing else."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Anything that is set: it says what is known and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)
