"""What both printers of the bench can do wrong."""

from functools import partial

from kiosk.composition.bench_switch import Switches
from kiosk.composition.demo_things import Things
from kiosk.screens.bench import BenchControl, BenchGroup
from printers.model import PrinterProblem as Problem

FULL_TRAY = 250
SLOW_SIDE_S = 600.0
"""Of a page printer that takes its time: whatever is to happen meanwhile happens."""

_WORDS = {
    Problem.JAM: "紙づまり",
    Problem.DOOR_OPEN: "カバーが開く",
    Problem.TONER_EMPTY: "トナー切れ",
    Problem.OUTPUT_FULL: "排紙がいっぱい",
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
            switches.switch("bench-page-fault-silent", "途中で黙る", pages.fall_silent, pages.answer_again),
            switches.switch("bench-page-slow", "とても遅い", slow, fast_again),
            BenchControl("bench-mend", "直す", mend),
        ),
    )


def slip_group(things: Things, switches: Switches) -> BenchGroup:
    """The printer of receipts and slips."""
    slips = things.slips

    def low(is_low: bool) -> None:
        slips.paper_low = is_low

    def fault(name: str, label: str, problem: Problem) -> BenchControl:
        return switches.switch(f"bench-slip-{name}", label, partial(slips.fail, problem), partial(slips.mend, problem))

    def mend() -> None:
        for problem in Problem:
            slips.mend(problem)
        low(False)
        switches.put_out("bench-slip")

    return BenchGroup(
        "控えのプリンター  Slip printer",
        (
            switches.switch("bench-slip-low", "残り少ない", partial(low, True), partial(low, False)),
            fault("empty", "用紙なし", Problem.PAPER_EMPTY),
            fault("cover", "カバーが開く", Problem.DOOR_OPEN),
            fault("silent", "応答しない", Problem.OFFLINE),
            BenchControl("bench-slip-jam", "印刷中に詰まる", partial(slips.fail_in_next_slip, Problem.JAM), fault=True),
            BenchControl("bench-slip-mend", "直す", mend),
        ),
    )
