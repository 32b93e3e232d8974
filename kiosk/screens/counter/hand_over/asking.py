"""The pages before the server judges: who came, whose card it is, what was brought."""

from kiosk.counter.documents import wrong_days
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.events import Key, Marked, Touched
from kiosk.counter.hand_over.showing import may_judge, may_search
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.hand_over.values import Lacking
from kiosk.counter.hand_over.words import AUTHORITY, CASES, FROM_DOCUMENTS, Coming
from kiosk.counter.slips import Slip
from kiosk.screens.blocks import Block, Notice, Pair, Role, Title, Words
from kiosk.screens.counter.answers import beside, fields, rows_of
from kiosk.screens.counter.context import DeskBody, primary
from kiosk.screens.counter.documents import document_keys
from kiosk.screens.counter.hand_over.parts import Say, busy, flag, key, mark, onward, page, question
from kiosk.screens.desk_blocks import Entry, EntryKind
from kiosk.screens.model import Action


def begin(say: Say, case: HandOverCase, scene: at.Begin) -> DeskBody:
    """Who came."""
    chosen = "" if case.coming is None else case.coming.value
    go = Action(
        back=key(say, Key.FINISH, "leave"),
        primary=primary(say("key.next"), Touched(Key.NEXT), ready=case.coming is not None),
    )
    return page(
        *(say, case, "begin"),
        *question(say, "coming", [each.value for each in Coming], chosen, columns=1, notes=True, gap=3),
        action=busy(say, "asking") if scene.asking else go,
        alert=say("away") if scene.away else "",
    )


def not_here(say: Say, case: HandOverCase, scene: at.NotHere) -> DeskBody:
    """Why not here, and where."""
    refusal = scene.refusal
    alone = "_alone" if case.alone else ""
    why = say(f"why.{refusal.reason}{alone}") if refusal.reason == "never-here" else say.known("why", refusal.reason)
    where: tuple[Block, ...] = ()
    if refusal.instead:
        where = (
            Words(text=say("where"), role=Role.LABEL, gap=8),
            *(Words(text=say.place(each), role=Role.ITEM, gap=1) for each in refusal.instead),
        )
    return DeskBody(
        scene="hand-not-here",
        title=say("title.not-here"),
        main=(
            Title(text=say("title.not-here")),
            Words(text=why, gap=4),
            *where,
            Notice(text=say(f"guide.{scene.slip.value}"), role=Role.LABEL, gap=8),
            *(beside(key(say, Key.AGAIN, "print"), large=say.large) if scene.slip is Slip.FAILED else ()),
        ),
        action=Action(primary=primary(say("key.finish"), Touched(Key.FINISH)), ends=True),
    )


def find(say: Say, case: HandOverCase, scene: at.Find) -> DeskBody:
    """The number on the notice, or name and day of birth; whose card was found."""
    blocks: list[Block] = [
        Entry(
            name="search-number",
            label=say("find.number"),
            value=case.searched("search-number"),
            hint=say("find.number_hint"),
            most=60,
            gap=3,
            first=True,
        ),
        Words(text=say("find.or"), role=Role.LABEL, gap=4),
        fields(
            Entry(name="search-name", label=say("find.name"), value=case.searched("search-name")),
            Entry(
                name="search-born",
                label=say("find.born"),
                value=case.searched("search-born"),
                hint=say("find.born_hint"),
                kind=EntryKind.FIGURES,
                most=10,
            ),
            large=say.large,
            shares=(1.4, 1),
            gap=1,
        ),
    ]
    if not scene.busy:
        blocks += beside(key(say, Key.SEARCH, live=may_search(case)), large=say.large)
    problem = say.known("find.problem", scene.problem) if scene.problem else ""
    if case.waiting is not None:
        blocks += _found(say, case)
        if case.waiting.needs_representative and case.coming in (Coming.PERSON, Coming.PROXY):
            problem = say("found.needs_representative")
    go = onward(say, ready=case.waiting is not None)
    return page(say, case, "find", *blocks, action=busy(say, "searching") if scene.busy else go, alert=problem)


def _found(say: Say, case: HandOverCase) -> tuple[Block, ...]:
    found = case.waiting
    assert found is not None, "asked only where one was found"
    pins = "none" if found.face_auth else "both" if found.signing and found.user_auth else "one"
    facts = (
        ("name", say.broken(found.name)),
        ("kana", say.broken(found.name_kana)),
        ("born", say.day(found.born)),
        ("address", say.broken(found.address)),
        ("pins", say(f"found.pin.{pins}")),
    )
    return (
        Words(text=say("found.head"), role=Role.LABEL, gap=7),
        *(Pair(label=say(f"found.{name}"), text=text, gap=1.5) for name, text in facts if text),
    )


def why(say: Say, case: HandOverCase) -> DeskBody:
    """Why the person could not come."""
    more = [name for name, there in (("adult-ward", True), ("physically", case.why == "disabled")) if there]
    return page(
        *(say, case, "why"),
        *question(say, "case", CASES, case.why, columns=3, gap=3),
        *rows_of([flag(say, case, name) for name in more], 2, large=say.large),
        action=onward(say, ready=bool(case.why)),
    )


def documents(say: Say, case: HandOverCase, *, holder: bool) -> DeskBody:
    """Which documents are shown, and their last days."""
    shown = case.of_holder if holder else case.of_taker
    absent = "absent" if holder and case.alone else "holder" if holder else "taker"
    return page(
        *(say, case, "of-holder" if holder else "of-taker"),
        Words(text=say(f"documents.{absent}"), role=Role.LABEL, gap=3),
        *document_keys(say, shown, lambda kind: Marked("document", kind)),
        action=onward(say, ready=not wrong_days(shown)),
    )


def papers(say: Say, case: HandOverCase, scene: at.Papers) -> DeskBody:
    """What else was brought; what the server finds missing."""
    flags = ["reply", "letter-of-attorney", "sealed-pin-form"] if case.coming is Coming.PROXY else []
    flags = ["reply"] if case.coming is Coming.REPRESENTATIVE else flags
    supports = list(case.offered)
    if case.coming in (Coming.WITH_REPRESENTATIVE, Coming.REPRESENTATIVE) or case.why == "curated-or-assisted":
        supports.insert(0, AUTHORITY)
    keys = [flag(say, case, each) for each in flags]
    keys += [
        mark(f"brought-{each}", say(f"support.{each}"), Marked("brought", each), on=each in case.brought)
        for each in dict.fromkeys(supports)
    ]
    if scene.lacking is not None and "officer" in scene.lacking.lacks:
        keys.append(flag(say, case, "officer-grants"))
    blocks: list[Block] = []
    if keys:
        blocks += [Words(text=say("papers.ask"), role=Role.LABEL, gap=3), *rows_of(keys, 2, large=say.large)]
    if scene.lacking is not None:
        blocks += lacking(say, scene.lacking)
    else:
        blocks.append(Notice(text=say("papers.judged_there"), role=Role.LABEL, gap=6))
    if case.flight is not None and case.flight.away:
        away = Action(back=None, primary=primary(say("key.send_again"), Touched(Key.AGAIN)))
        return page(say, case, "papers", *blocks, action=away, alert=say("away"))
    asked = onward(say, "judge", ready=may_judge(case), touch=Key.JUDGE)
    return page(
        say,
        case,
        "papers",
        *blocks,
        action=busy(say, "judging") if case.flight is not None else asked,
        alert=say("lacking.head") if scene.lacking is not None else "",
    )


def lacking(say: Say, told: Lacking) -> tuple[Block, ...]:
    """All that is missing, in words. That something is, is said above."""
    rows = ["・" + _lack(say, told, lack) for lack in told.lacks]
    if told.expired:
        rows.append("・" + say("lacking.expired", documents=say.documents(told.expired)))
    return tuple(Words(text=row, role=Role.LABEL, gap=2 if at else 5) for at, row in enumerate(rows))


def _lack(say: Say, told: Lacking, lack: str) -> str:
    match lack:
        case "proxy":
            parts = [say.known("lacking.proxy", told.proxy)]
            bring = [say(f"support.{each}") for each in told.bring]
            together = [say(f"support.{each}") for each in told.or_else_all]
            if bring:
                parts.append(say("lacking.any_of", papers=say.list_of(bring)))
            if together:
                several = "all_of" if len(together) > 1 or told.or_else_all != (FROM_DOCUMENTS,) else "one_of"
                parts.append(say(f"lacking.{several}", papers=say.list_of(together)))
            return "".join(parts)
        case "holder-identity" | "taker-identity":
            would = told.holder_would_do if lack == "holder-identity" else told.taker_would_do
            return say(f"lacking.{lack}", ways=say.ways(would))
        case _:
            return say.known("lacking", lack)
