"""The bench beside a demonstration kiosk: a person plays the resident with virtual card, money and paper, and breaks
what they like. It only steers virtual devices; the kiosk does not know it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hardware.sensors.model import Lamp
from kiosk.demo.bench.house import Far, SteeredServer, around_group, server_group
from kiosk.demo.bench.people import PLACES, card_group, card_on, money_group, payment_group, taking_group
from kiosk.demo.bench.printers import page_group, slip_group
from kiosk.demo.bench.switch import Switches
from kiosk.demo.stage.site import DemoCard
from kiosk.demo.stage.things import Things
from kiosk.screens.bench import BenchGroup

_LAMPS = {Lamp.OFF: "消灯", Lamp.READY: "使える", Lamp.ATTENTION: "呼び出し", Lamp.FAULT: "使えない"}


@dataclass(slots=True)
class DemoBench:
    """The controls over these `things`. `server` stands still when it is told to; `cut` ends the program as a power cut
    does, where that is possible; `finish` ends the demonstration."""

    things: Things
    cards: Sequence[DemoCard]
    server: Far
    finish: Callable[[], None]
    cut: Callable[[], None] | None = None
    _switches: Switches = field(default_factory=Switches, init=False)
    _steered: SteeredServer = field(init=False)

    def __post_init__(self) -> None:
        self._steered = SteeredServer(self.server)

    def groups(self) -> Sequence[BenchGroup]:
        """The controls as they are now."""
        things, switches, slot = self.things, self._switches, self.things.slot
        return [
            *([card_group(things, slot, self.cards, switches)] if slot is not None else []),
            money_group(things, switches),
            payment_group(things, switches),
            taking_group(things),
            page_group(things, switches),
            slip_group(things, switches),
            around_group(things, switches),
            server_group(self._steered, switches, self.cut, self.finish),
        ]

    def lines(self) -> Sequence[str]:
        """What the devices say now."""
        around, slot = self.things.around, self.things.slot
        lying = "、".join(word for place, word in PLACES.items() if around.lying(place))
        labels = {each.name: each.label for each in self.cards}
        card = labels.get(card_on(self.things, slot), "なし") if slot is not None else "このパソコンのリーダー"
        return (
            f"台のカード: {card}　暗証番号は 1234",
            f"入っているお金: {self.things.cash.status().held}円　用紙: {self.things.pages.sheets_available}枚",
            f"出ているもの: {lying or 'なし'}　ランプ: {_LAMPS[around.shown]}",
        )
