"""The terminal's whole state between two events: one frozen value. Nothing of a visit outlives it."""

from dataclasses import dataclass, field

from hardware.card.model import CardFacts
from hardware.sensors.model import Place
from kiosk.flow.scenes import Closed, Overlay, Scene
from kiosk.flow.values import Board, Line, Offer, OutOfService, Presentation, Sheet


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's visit. `attempt` fences late results: an event of another attempt is dropped (I2)."""

    attempt: int
    facts: CardFacts | None = None
    offer: Offer | None = None
    basket: tuple[Line, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    """Known once prepared."""
    fee: int = 0
    """Yen, fixed when the order was proven."""
    order_id: bytes | None = None
    held: int = 0
    """Yen of this visit that nobody owns yet."""
    sheets_out: int = 0


@dataclass(frozen=True, slots=True)
class Terminal:
    """Scene, what lies over it, the visit if there is one, and what the surroundings say."""

    scene: Scene = field(default_factory=lambda: Closed(frozenset({OutOfService.STARTING})))
    overlay: Overlay | None = None
    visit: Visit | None = None
    attempts: int = 0
    """How many visits there were since the start; the next attempt's number."""
    presentation: Presentation = field(default_factory=Presentation)
    board: Board | None = None
    out_of_service: frozenset[OutOfService] = field(default_factory=lambda: frozenset({OutOfService.STARTING}))
    card_present: bool = False
    occupied: frozenset[Place] = field(default_factory=frozenset)
    person_present: bool = True
