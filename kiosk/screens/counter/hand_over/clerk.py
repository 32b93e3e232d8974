"""What the clerk sees of a hand-over."""

from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.hand_over import asking, ending
from kiosk.screens.counter.hand_over.parts import Say


def clerk(ctx: DeskContext, case: HandOverCase) -> DeskBody:  # noqa: C901 - one line for each scene
    """The page of a scene."""
    say = Say(ctx.say, large=ctx.desk.large)
    match case.scene:
        case at.Begin() as scene:
            return asking.begin(say, case, scene)
        case at.NotHere() as scene:
            return asking.not_here(say, case, scene)
        case at.Find() as scene:
            return asking.find(say, case, scene)
        case at.Why():
            return asking.why(say, case)
        case at.OfHolder():
            return asking.documents(say, case, holder=True)
        case at.OfTaker():
            return asking.documents(say, case, holder=False)
        case at.Papers() as scene:
            return asking.papers(say, case, scene)
        case at.Ready():
            return ending.ready(say, case)
        case at.AwaitCard() as scene:
            return ending.await_card(say, case, scene)
        case at.Comparing():
            return ending.comparing(say, case)
        case at.ByEye():
            return ending.by_eye(say, case)
        case at.Typing() | at.Weak():
            return ending.typing(say, case)
        case at.ReadingCard() | at.Setting():
            return ending.working(say, case)
        case at.Closing() as scene:
            return ending.closing(say, case, scene)
        case at.Delivered() as scene:
            return ending.delivered(say, case, scene)
