"""What a resident does and is told at a terminal whose printer speaks IPP, whichever way a job goes to it."""

from kiosk.flow import scenes as at
from tests.support.ipp_printer import SoftwarePrinter
from tests.support.journey_steps import Journey


def pays_and_meets_a_jam(j: Journey, device: SoftwarePrinter) -> None:
    """The first side comes out, then the sheet jams: told what happened, that the money is back, and what to do."""
    j.comes_to(at.Pay)
    device.sides_done(1)
    device.reason("+media-jam-error")
    device.finish(1)
    j.pays()
    j.is_told(
        what=("1枚目の紙がつまりました", "Sheet 1 is jammed"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=("係員がまいります", "Staff are coming"),
    )
    j.takes_everything()
    j.touches("primary")
    assert j.shows(at.Closed)
