"""What befalls a cashless payment at a moment of the payment terminal itself: between two of its commands, before one
is carried out or before its answer is heard."""

from tests.support.sim_world import World

INSTANT_S = 0.001


def cut_at(world: World, number: int, seconds: float = 10.0) -> None:
    """The kiosk's power goes at that moment of the payment terminal."""

    def cut(moment: int) -> None:
        if moment == number:
            world.time.after(0, lambda: world.cut_power(seconds))
            world.time.wait(INSTANT_S)

    world.payment.at_moment = cut


def silent_at(world: World, number: int, seconds: float) -> None:
    """The payment terminal's line goes at that moment, for so long."""

    def go(moment: int) -> None:
        if moment == number:
            world.payment.fall_silent()
            world.time.after(seconds, world.payment.answer_again)

    world.payment.at_moment = go
