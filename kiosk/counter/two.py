"""What takes two: sheets destroyed, things leaving custody, what is owed from before, and a count that differs. The
second person signs in beside the first, at the server; only then is it written down, with both marks."""

from dataclasses import replace

from kiosk.counter import scenes as at
from kiosk.counter.case import FieldTyped
from kiosk.counter.change import DeskStep, go, says, stay
from kiosk.counter.daily import counted, written
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import NOTHING, change_for
from kiosk.counter.day.nights import Count
from kiosk.counter.desk import Desk
from kiosk.counter.effects import ClearSecret, SecondByCard, SecondByPassword
from kiosk.counter.events import NotSecond, SecondStands
from kiosk.counter.form import cleared, filled, money, typed, whole
from kiosk.counter.scenes import BeforeTwo, SignIn, SignInWay
from kiosk.counter.signing_in import ready

MOST_WORD = 40
DESTROY, GIVE_OUT, DIFFERS, PAY_OWED = "destroy-sheet", "remove-from-custody", "count-difference", "pay-owed"


def document_chosen(desk: Desk, document: str) -> DeskStep:
    """A document whose sheets are to be destroyed: one that still prints may come out whole yet."""
    found = next((each for each in desk.day.unsettled if each.document == document), None)
    if found is None:
        return stay(desk)
    if not found.failed:
        return says(desk, "printing")
    return go(cleared(desk, (("sheets", "1"),)), BeforeTwo(at.DestroySheets(document, found.sheets)))


def kept_chosen(desk: Desk, number: int) -> DeskStep:
    """Something that is to leave custody."""
    there = any(each.number == number for each in desk.day.custody)
    return go(cleared(desk), BeforeTwo(at.GiveOut(number))) if there else stay(desk)


def owed_chosen(desk: Desk, number: int) -> DeskStep:
    """What is owed to a resident from before."""
    found = next((each for each in desk.day.owed if each.number == number), None)
    if found is None or not desk.day.is_open:
        return stay(desk) if found is None else says(desk, "not-open")
    suggested = change_for(found.yen, desk.day.drawer)
    return go(cleared(desk, filled(suggested or NOTHING)), BeforeTwo(at.PayOwed(number)))


def field(desk: Desk, scene: BeforeTwo, event: FieldTyped) -> DeskStep:
    """What is typed: of the sign-in, or of what is done."""
    match event.name:
        case "mark":
            return go(desk, replace(scene, sign=replace(scene.sign, mark=event.text)))
        case "code":
            return go(desk, replace(scene, sign=replace(scene.sign, code=event.text.strip())))
        case _:
            return stay(typed(desk, event.name, event.text))


def secret(desk: Desk, scene: BeforeTwo, count: int) -> DeskStep:
    """So many characters are on the pad."""
    return go(desk, replace(scene, sign=replace(scene.sign, characters=count)))


def way(desk: Desk, scene: BeforeTwo, chosen: SignInWay) -> DeskStep:
    """How the second person shows who they are."""
    return go(desk, replace(scene, sign=SignIn(way=chosen, round=scene.sign.round + 1)), ClearSecret())


def entry(desk: Desk, scene: BeforeTwo, second: str) -> on.Entry | str:
    """What is written down once the second stands for it; or a word for what is missing."""
    match scene.what:
        case at.DestroySheets(document, most):
            sheets = whole(desk.entered("sheets", str(most)), most)
            return "sheets" if sheets is None else on.Destroyed(document, sheets, second)
        case at.DestroyNotTaken(documents):
            return on.NotTaken(documents, second)
        case at.GiveOut(number):
            whither = {each.value: each for each in on.Whither}.get(desk.entered("whither"))
            return "which" if whither is None else on.GivenOut(number, whither, second)
        case at.CountDiffers(count):
            return replace(count, second=second)
        case at.PayOwed(number):
            pieces = money(desk)
            return "pieces" if not pieces else on.Claimed(number, pieces, second)


def asked(desk: Desk, scene: BeforeTwo) -> DeskStep:
    """Asks the server about the second person, once all is there."""
    wanted = entry(desk, scene, "?")
    if isinstance(wanted, str):
        return says(desk, wanted)
    if not ready(scene.sign):
        return stay(desk)
    operation, about = _named(desk, scene)
    attempt = desk.attempts + 1
    busy = replace(scene, sign=replace(scene.sign, busy=True, problem=None))
    changed = replace(desk, attempts=attempt, notice="")
    if scene.sign.way is SignInWay.CARD:
        return go(changed, busy, SecondByCard(attempt, operation, about))
    return go(changed, busy, SecondByPassword(attempt, operation, about, scene.sign.mark.strip(), scene.sign.code))


def stands(desk: Desk, scene: BeforeTwo, event: SecondStands) -> DeskStep:
    """The second stands for it: it is written down."""
    wanted = entry(desk, scene, event.mark)
    assert not isinstance(wanted, str)
    # Should it no longer add up, nothing stands in the book, and the second would have to stand for it anew.
    again = replace(desk, scene=replace(scene, sign=SignIn(way=scene.sign.way, round=scene.sign.round + 1)))
    if isinstance(wanted, Count):
        return counted(again, wanted)
    return written(again, wanted, at.Home(at.Tab.CUSTODY if isinstance(scene.what, at.GiveOut) else at.Tab.SUPPLIES))


def refused(desk: Desk, scene: BeforeTwo, event: NotSecond) -> DeskStep:
    """Says why, and begins anew."""
    sign = SignIn(
        way=scene.sign.way,
        mark=scene.sign.mark,
        problem=event.problem,
        wait_s=event.wait_s,
        round=scene.sign.round + 1,
    )
    return go(desk, replace(scene, sign=sign), ClearSecret())


def _named(desk: Desk, scene: BeforeTwo) -> tuple[str, str]:
    match scene.what:
        case at.DestroySheets(document):
            return DESTROY, f"sheet {_word('sample' if document == on.SAMPLE else document)}"
        case at.DestroyNotTaken(documents):
            return DESTROY, f"sheet {_word(''.join(documents))}"
        case at.GiveOut(number):
            return GIVE_OUT, f"custody {number}"
        case at.CountDiffers(count):
            return DIFFERS, _difference(desk, count)
        case at.PayOwed(number):
            return PAY_OWED, f"owed {number}"


def _difference(desk: Desk, count: Count) -> str:
    if isinstance(count, on.Opened):
        left = count.before
        yen = count.drawer.total - (left.drawer or count.drawer).total
        sheets = count.sheets - (count.sheets if left.sheets is None else left.sheets)
        return f"float {_more_or_less(yen)} sheets {_more_or_less(sheets)}"
    if isinstance(count, on.CountedCash):
        return f"cash {_more_or_less(count.drawer.total - desk.day.drawer.total)}"
    kept = _more_or_less(count.custody - len(desk.day.custody))
    return f"sheets {_more_or_less(count.sheets - desk.day.blank)} custody {kept}"


def _more_or_less(difference: int) -> str:
    """As it may stand in the server's log, which knows no sign."""
    return f"{abs(difference)} {'over' if difference > 0 else 'short' if difference else 'right'}"


def _word(text: str) -> str:
    """As it may stand in the server's log: small letters and figures."""
    return "".join(each for each in text.lower() if each.isascii() and each.isalnum())[:MOST_WORD]
