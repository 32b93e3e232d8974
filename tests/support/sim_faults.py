"""When something goes wrong at a simulated post office: at which screen, under which, and which screens are steps."""

from collections.abc import Callable

from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from tests.support.sim_world import World


def at_screen(world: World, number: int, strike: Callable[[], None]) -> None:
    """Does it once that many more screens were shown."""
    wanted = len(world.screen) + number
    done = False

    def look() -> None:
        nonlocal done
        if not done and len(world.screen) >= wanted:
            done = True
            world.time.after(0.01, strike)

    world.watchers.append(look)


def under(world: World, scene: type[Scene], strike: Callable[[], None]) -> None:
    """Does it once a screen of that kind is shown."""
    done = False

    def look() -> None:
        nonlocal done
        if not done and isinstance(world.scene, scene):
            done = True
            world.time.after(0.01, strike)

    world.watchers.append(look)


def steps_of(world: World, since: int) -> list[int]:
    """Numbers of the screens that are a new step: digits of a PIN and things taken one by one are none."""
    steps, last = [], None
    for number, shown in enumerate(world.screen[since:], start=1):
        step = _step(shown.scene)
        if step != last:
            steps.append(number)
        last = step
    return steps


def _step(scene: Scene) -> object:
    if isinstance(scene, at.Pay):
        return at.Pay, scene.held
    return scene if isinstance(scene, at.Printing) else type(scene)
