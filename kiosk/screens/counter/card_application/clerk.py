"""What the clerk sees of a card application."""

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.screens.counter.card_application import beginning, ending, middle, photo
from kiosk.screens.counter.context import DeskBody, DeskContext


def clerk(ctx: DeskContext, case: CardCase) -> DeskBody:  # noqa: C901 - one line for each scene, so that none is forgotten
    """The page of a scene."""
    match case.scene:
        case at.Begin() as scene:
            return beginning.begin(ctx, case, scene)
        case at.NotHere() as scene:
            return beginning.not_here(ctx, scene)
        case at.Who() as scene:
            return beginning.who(ctx, case, scene)
        case at.ByCard() as scene:
            return beginning.by_card(ctx, case, scene)
        case at.Quick() as scene:
            return beginning.quick(ctx, case, scene)
        case at.Intent() as scene:
            return beginning.intent(ctx, case, scene)
        case at.Identity() as scene:
            return middle.identity(ctx, case, scene)
        case at.Filling() as scene:
            return middle.filling(ctx, case, scene)
        case at.X509s():
            return middle.x509s(ctx, case)
        case at.PhotoScene() as scene:
            return photo.photo(ctx, case, scene)
        case at.Signing():
            return middle.signing(ctx, case)
        case at.PinForm():
            return middle.pin_form(ctx, case)
        case at.Delivery():
            return middle.delivery(ctx, case)
        case at.Check() as scene:
            return ending.check(ctx, case, scene)
        case at.SentScene() as scene:
            return ending.sent(ctx, case, scene)
        case at.Stopped() as scene:
            return ending.stopped(ctx, case, scene)
