"""Who is at the desk: signing in, locking, signing out. A desk that somebody locked waits for them, or for whoever
takes over: then what they had open is put aside first."""

from dataclasses import replace

from kiosk.counter import handling
from kiosk.counter.change import DeskStep, first, go, stay
from kiosk.counter.desk import Desk
from kiosk.counter.effects import ClearSecret, LockSession, SignInByCard, SignInByPassword, SignOut
from kiosk.counter.events import NotSignedIn, SessionEnded, SignedIn
from kiosk.counter.scenes import Home, InCase, SignIn, SignInProblem, SignInWay

CODE_DIGITS = 6


def ready(scene: SignIn) -> bool:
    """Whether all that this way asks for is there."""
    if scene.busy:
        return False
    if scene.way is SignInWay.CARD:
        return scene.characters > 0
    return (
        bool(scene.mark.strip()) and scene.characters > 0 and len(scene.code) == CODE_DIGITS and scene.code.isdecimal()
    )


def way_chosen(desk: Desk, scene: SignIn, way: SignInWay) -> DeskStep:
    """Another way to show who one is; nothing typed for one is kept for the other."""
    return go(desk, SignIn(way=way, round=scene.round + 1), ClearSecret())


def typed(desk: Desk, scene: SignIn, name: str, text: str) -> DeskStep:
    """A field of the sign-in."""
    match name:
        case "mark":
            return go(desk, replace(scene, mark=text))
        case "code":
            return go(desk, replace(scene, code=text.strip()))
        case _:
            return stay(desk)


def tried(desk: Desk, scene: SignIn) -> DeskStep:
    """Asks the server."""
    if not ready(scene):
        return stay(desk)
    attempt = desk.attempts + 1
    asked = replace(desk, attempts=attempt)
    busy = replace(scene, busy=True, problem=None)
    if scene.way is SignInWay.CARD:
        return go(asked, busy, SignInByCard(attempt))
    return go(asked, busy, SignInByPassword(attempt, scene.mark.strip(), scene.code))


def signed_in(desk: Desk, event: SignedIn) -> DeskStep:
    """The server knows who it is."""
    before, after = desk.staff, replace(desk, staff=event.staff)
    if before is None or before.mark == event.staff.mark:
        return go(after, InCase() if desk.case is not None else Home())
    aside, effects = handling.put_aside(desk)
    return first(effects, go(replace(aside, staff=event.staff), InCase() if aside.case is not None else Home()))


def not_signed_in(desk: Desk, scene: SignIn, event: NotSignedIn) -> DeskStep:
    """Says why, and begins anew."""
    again = SignIn(way=scene.way, mark=scene.mark, problem=event.problem, wait_s=event.wait_s, round=scene.round + 1)
    return go(desk, again, ClearSecret())


def lock(desk: Desk) -> DeskStep:
    """What was open stays open behind the lock."""
    return go(desk, SignIn(round=desk.attempts), LockSession(), ClearSecret())


def sign_out(desk: Desk) -> DeskStep:
    """Nobody is at the desk any more. An open case is put aside first."""
    aside, effects = handling.put_aside(desk)
    return first(effects, go(replace(aside, staff=None), SignIn(round=desk.attempts), SignOut(), ClearSecret()))


def ended(desk: Desk, _event: SessionEnded) -> DeskStep:
    """The server let the session end: as locked, and said so."""
    if isinstance(desk.scene, SignIn):
        return stay(desk)
    return go(desk, SignIn(problem=SignInProblem.ENDED, round=desk.attempts), ClearSecret())
