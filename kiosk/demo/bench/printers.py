"""What both printers of the bench can do wrong."""

from functools import partial

from kiosk.demo.bench.switch import Switches
from kiosk.demo.stage.things import Things
from kiosk.screens.bench import BenchControl, BenchGroup
from printers.model import PrinterProblem as Problem
from printers.model import PrinterWarning

FULL_TRAY = 250
SLOW_SIDE_S = 600.0
"""Of a page printer that takes its time: whatever is to happen meanwhile happens."""

_WORDS = {
    Problem.JAM: "紙づまり",
    Problem.DOOR_OPEN: "カバーが開く",
    Problem.TONER_EMPTY: "トナー切れ",
    Problem.OUTPUT_FULL: "排紙がいっぱい",
    Problem.CUTTER: "刃が止まる",
    Problem.WORN_OUT: "部品の寿命",
    Problem.ONE_SIDED: "両面にできない",
    Problem.PAUSED: "一時停止",
    Problem.QUEUE: "列の設定",
    Problem.OFFLINE: "接続が切れる",
    Problem.OTHER: "そのほかの故障",
}


def page_group(things: Things, switches: Switches) -> BenchGroup:
    """The printer of sheets: every problem, and those that come in the middle of a job."""
    pages = things.pages

    def slow() -> None:
        switches.kept["seconds per side"], pages.seconds_per_side = pages.seconds_per_side, SLOW_SIDE_S

    def fast_again() -> None:
        pages.seconds_per_side = switches.kept["seconds per side"]

    def mend() -> None:
        for problem in Problem:
            pages.mend(problem)
        pages.answer_again()
        pages.wake_up()
        pages.print_one_side(False)
        pages.refill(FULL_TRAY)
        switches.put_out("bench-page-fault")

    has_paper = bool(pages.sheets_available)
    return BenchGroup(
        "証明書のプリンター  Page printer",
        (
            BenchControl("bench-jam-1", "つぎで詰まる", partial(pages.jam_after, 0), fault=True),
            BenchControl("bench-jam-2", "2枚目で詰まる", partial(pages.jam_after, 1), fault=True),
            BenchControl("bench-paper-one", "残り1枚にする", partial(pages.refill, 1), fault=True),
            BenchControl(
                "bench-paper",
                "用紙なし" if has_paper else "用紙を補充",
                partial(pages.refill, 0 if has_paper else FULL_TRAY),
                chosen=not has_paper,
                fault=True,
            ),
            *(
                switches.switch(
                    f"bench-page-fault-{problem.value}",
                    word,
                    partial(pages.fail, problem),
                    partial(pages.mend, problem),
                )
                for problem, word in _WORDS.items()
            ),
            switches.switch(
                "bench-page-fault-backs",
                "裏が白いまま出る",
                pages.print_one_side,
                partial(pages.print_one_side, False),
            ),
            switches.switch(
                "bench-page-fault-asleep", "起きない", partial(pages.fall_asleep, wakes=False), pages.wake_up
            ),
            BenchControl("bench-sleep", "休止する（故障をかくす）", pages.fall_asleep),
            switches.switch(
                "bench-page-toner-low",
                "トナーが少ない",
                partial(pages.warn, PrinterWarning.TONER_LOW),
                partial(pages.stop_warning, PrinterWarning.TONER_LOW),
            ),
            switches.switch("bench-page-fault-silent", "途中で黙る", pages.fall_silent, pages.answer_again),
            switches.switch("bench-page-slow", "とても遅い", slow, fast_again),
            BenchControl("bench-mend", "直す", mend),
        ),
    )


def slip_group(things: Things, switches: Switches) -> BenchGroup:
    """The printer of receipts and slips."""
    slips = things.slips

    def fault(name: str, label: str, problem: Problem) -> BenchControl:
        return switches.switch(f"bench-slip-{name}", label, partial(slips.fail, problem), partial(slips.mend, problem))

    def mend() -> None:
        for problem in Problem:
            slips.mend(problem)
        slips.run_low(False)
        switches.put_out("bench-slip")

    return BenchGroup(
        "控えのプリンター  Slip printer",
        (
            switches.switch("bench-slip-low", "残り少ない", slips.run_low, partial(slips.run_low, False)),
            fault("empty", "用紙なし", Problem.PAPER_EMPTY),
            fault("cover", "カバーが開く", Problem.DOOR_OPEN),
            fault("cutter", "刃が止まる", Problem.CUTTER),
            fault("silent", "応答しない", Problem.OFFLINE),
            BenchControl("bench-slip-jam", "印刷中に詰まる", partial(slips.fail_in_next_slip, Problem.JAM), fault=True),
            BenchControl("bench-slip-mend", "直す", mend),
        ),
    )
