"""What the console needs of the rest of the server, and gets from composition."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from certserver.office.settings.preview import Previews
from certserver.office.signing_in.parts import Doors


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Everything the console of one municipality stands on. `hosts` are the names it answers to; `elapsed` gives
    seconds that never run back; `name` tells what the municipality is called now, in Japanese; `secret` is the
    home's."""

    hosts: Collection[str]
    doors: Doors
    elapsed: Callable[[], float]
    name: Callable[[], str]
    previews: Previews
    secret: Callable[[], bytes] = field(repr=False)
