"""The bench beside a demonstration kiosk: a person plays the resident with virtual card, money and paper, and breaks
what they like. It only steers virtual devices; the kiosk does not know it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.reader import CardSlot
from hardware.cash.virtual import VirtualCash
from hardware.sensors.model import Lamp, Place
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.screens.bench import BenchControl, BenchGroup
from printers.model import PrinterProblem
from printers.virtual import VirtualPagePrinter, VirtualSlipPrinter

MONEY = (1000, 500, 100, 50, 10)
_LAMPS = {Lamp.OFF: "消灯", Lamp.READY: "使える", Lamp.ATTENTION: "呼び出し", Lamp.FAULT: "使えない"}
_PLACES = {Place.SHEET_TRAY: "証明書", Place.CHANGE_TRAY: "おつり", Place.RECEIPT_SLOT: "領収書・控え"}


@dataclass(slots=True)
class DemoBench:
    """The controls. `cards` by label; `pause` and `resume` make the server go away and come back;
    `finish` ends the demonstration."""

    slot: CardSlot | None
    cards: dict[str, Callable[[], VirtualCard]]
    cash: VirtualCash
    pages: VirtualPagePrinter
    slips: VirtualSlipPrinter
    around: VirtualSurroundings
    pause: Callable[[], None]
    resume: Callable[[], None]
    finish: Callable[[], None]
    _inserted: str | None = field(default=None, init=False)
    _broken: set[PrinterProblem] = field(default_factory=set, init=False)
    _away: bool = field(default=False, init=False)

    def groups(self) -> Sequence[BenchGroup]:
        """The controls as they are now."""
        groups = [self._money(), self._belongings(), self._printer(), self._server()]
        return [self._card(self.slot), *groups] if self.slot is not None else groups

    def lines(self) -> Sequence[str]:
        """What the devices say now."""
        held = self.cash.status().held
        lying = "、".join(word for place, word in _PLACES.items() if self.around.lying(place))
        return (
            f"台のカード: {self._inserted or 'なし'}　暗証番号は 1234",
            f"入っているお金: {held}円",
            f"出ているもの: {lying or 'なし'}",
            f"ランプ: {_LAMPS[self.around.shown]}　用紙: {self.pages.sheets_available}枚",
        )

    def _card(self, slot: CardSlot) -> BenchGroup:
        def put(label: str) -> Callable[[], None]:
            def press() -> None:
                if self._inserted is not None:
                    slot.pull()
                self._inserted = label
                slot.insert(self.cards[label]())

            return press

        def pull() -> None:
            self._inserted = None
            slot.pull()

        there = self._inserted is not None
        controls = [
            BenchControl(f"bench-card-{at}", label, put(label), chosen=label == self._inserted)
            for at, label in enumerate(self.cards)
        ]
        return BenchGroup("カードを置く", (*controls, BenchControl("bench-pull", "カードを取る", pull, enabled=there)))

    def _money(self) -> BenchGroup:
        def insert(yen: int) -> Callable[[], None]:
            return lambda: self._drop(yen)

        return BenchGroup(
            "お金を入れる",
            (
                *(BenchControl(f"bench-yen-{yen}", f"{yen:,}円", insert(yen)) for yen in MONEY),
                BenchControl("bench-cash-jam", "つぎで詰まらせる", self.cash.jam_on_next_insert),
            ),
        )

    def _drop(self, yen: int) -> None:
        if not self.cash.insert(yen):
            self.around.put(Place.CHANGE_TRAY, yen)

    def _belongings(self) -> BenchGroup:
        def take(place: Place) -> Callable[[], None]:
            def press() -> None:
                self.around.take(place)

            return press

        def come_or_go() -> None:
            if self.around.present:
                self.around.leave()
            else:
                self.around.arrive()

        return BenchGroup(
            "受け取る",
            (
                *(
                    BenchControl(f"bench-take-{place.value}", word, take(place), enabled=bool(self.around.lying(place)))
                    for place, word in _PLACES.items()
                ),
                BenchControl("bench-person", "立ち去る" if self.around.present else "戻ってくる", come_or_go),
            ),
        )

    def _printer(self) -> BenchGroup:
        def jam_on(sheet: int) -> Callable[[], None]:
            return lambda: self.pages.jam_on_sheet(sheet)

        def toggle(problem: PrinterProblem) -> Callable[[], None]:
            def press() -> None:
                if problem in self._broken:
                    self._broken.discard(problem)
                    self.pages.mend(problem)
                else:
                    self._broken.add(problem)
                    self.pages.fail(problem)

            return press

        def mend() -> None:
            for problem in PrinterProblem:
                self.pages.mend(problem)
            self._broken.clear()

        def empty_or_fill() -> None:
            self.pages.refill(0 if self.pages.sheets_available else 250)

        return BenchGroup(
            "プリンター",
            (
                BenchControl("bench-jam-1", "1枚目で詰まる", jam_on(1)),
                BenchControl("bench-jam-2", "2枚目で詰まる", jam_on(2)),
                BenchControl("bench-paper", "用紙なし" if self.pages.sheets_available else "用紙を補充", empty_or_fill),
                BenchControl(
                    "bench-door",
                    "カバーを開ける",
                    toggle(PrinterProblem.DOOR_OPEN),
                    chosen=PrinterProblem.DOOR_OPEN in self._broken,
                ),
                BenchControl("bench-mend", "直す", mend),
            ),
        )

    def _server(self) -> BenchGroup:
        def toggle() -> None:
            self._away = not self._away
            (self.pause if self._away else self.resume)()

        return BenchGroup(
            "サーバーと実演",
            (
                BenchControl("bench-server", "応答を止める", toggle, chosen=self._away),
                BenchControl("bench-finish", "実演を終わる", self.finish),
            ),
        )
