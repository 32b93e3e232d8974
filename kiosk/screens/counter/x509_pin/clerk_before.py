"""The clerk's pages before a card is asked for: which procedure, who came, who it is."""

from hardware.card.model import Usage
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.choosing import known_by
from kiosk.counter.x509_pin.events import Unfinished
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import (
    CaseTakenUp,
    ComerChosen,
    Did,
    Do,
    DocumentMarked,
    LivesHere,
    UsageToggled,
    WishChosen,
)
from kiosk.counter.x509_pin.values import Wish
from kiosk.screens.blocks import Block, Checklist, CheckRow, Notice, Role, Words
from kiosk.screens.controls import Control, RowStyle
from kiosk.screens.counter.answers import beside, question, rows_of
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.counter.documents import DocumentWords, document_keys
from kiosk.screens.counter.x509_pin.clerk_parts import key, page
from kiosk.screens.counter.x509_pin.shared import Say
from kiosk.screens.desk_blocks import Column, Table, TableRow
from kiosk.screens.model import Action, Band
from kiosk.texts.catalogue import BREAK
from koufu.applying.words import Comer


def take_up(say: Say, cases: tuple[Unfinished, ...]) -> DeskBody:
    """Cases that broke off wait for their cards."""
    rows = tuple(
        TableRow(
            (
                each.mark.replace("-", f"-{BREAK}"),
                say(f"wish.{each.wish.value}.name"),
                each.began.replace("T", f" {BREAK}")[:17],
            ),
            Control(f"take-up-{each.mark}", each.mark, CaseTakenUp(each.mark)),
        )
        for each in cases
    )
    columns = (
        Column(say("slip.mark"), 2),
        Column(say("slip.wish"), 3),
        Column(say("take-up.when"), 3),
    )
    return page(
        say,
        "take-up",
        say("take-up.title"),
        Words(text=say("take-up.text"), role=Role.LABEL, gap=4),
        Table(columns=columns, rows=rows, gap=6),
        action=Action(back=key(say, "end", "ending.end", Do.END), primary=primary(say("take-up.other"), Did(Do.GO_ON))),
    )


def choosing(ctx: DeskContext, say: Say, case: X509PinCase, scene: at.Choosing) -> DeskBody:
    """Which procedure, for which X.509, who came and where the holder lives."""
    wishes = tuple(
        Control(
            f"wish-{wish.value}",
            say(f"wish.{wish.value}.name"),
            WishChosen(wish),
            chosen=case.wish is wish,
            note="" if ctx.desk.large else say(f"wish.{wish.value}.note"),
        )
        for wish in Wish
    )
    large = ctx.desk.large
    rows: list[Block] = [*rows_of(wishes, 2, large=large, style=RowStyle.LISTED, gap=3)]
    if case.wish is not None and case.wish.of_usages:
        usages = tuple(
            Control(
                f"usage-{usage.value}",
                say(f"usage.{usage.value}{'-short' if ctx.desk.large else ''}"),
                UsageToggled(usage),
                chosen=usage in case.usages,
            )
            for usage in (Usage.USER_AUTH, Usage.SIGNING)
        )
        rows += question(say("wish.usage"), usages, 2, large=large)
    comers = tuple(
        Control(f"comer-{each.value}", say(f"comer.{each.value}"), ComerChosen(each), chosen=case.comer is each)
        for each in Comer
    )
    homes = tuple(
        Control(
            f"lives-{word}", say(f"lives.{word}"), LivesHere(word == "here"), chosen=case.lives_here is (word == "here")
        )
        for word in ("here", "other")
    )
    rows += question(say("comer.ask"), comers, 3, large=large)
    rows += question(say("lives.ask"), homes, 2, large=large)
    go_on = primary(say("choose.go_on"), Did(Do.GO_ON))
    if case.wish is None:
        go_on = primary(say("choose.missing"), Did(Do.GO_ON), ready=False)
    action = Action(back=key(say, "end", "ending.end", Do.END), primary=go_on)
    if scene.asking:
        action = Action(band=Band("clock", say("choose.asking")))
    away = say("choose.away") if scene.away else ""
    return page(say, "choosing", say("wish.ask"), *rows, action=action, alert=away)


def insurance(say: Say, *, told: bool) -> DeskBody:
    """Before a switch to face authentication: is the card registered as health insurance card."""
    if told:
        return page(
            say,
            "insurance-told",
            say("insurance.told_title"),
            Notice(text=say("insurance.told"), gap=6),
            *beside(key(say, "all-the-same", "insurance.all_the_same", Do.ALL_THE_SAME), large=say.large),
            action=Action(
                back=key(say, "back", "back", Do.BACK),
                primary=primary(say("insurance.stop"), Did(Do.END)),
                ends=True,
            ),
        )
    return page(
        say,
        "insurance",
        say("insurance.title"),
        Words(text=say("insurance.ask"), gap=6),
        *beside(key(say, "insurance-not-done", "insurance.not_done", Do.INSURANCE_NOT_DONE), large=say.large),
        action=Action(
            back=key(say, "back", "back", Do.BACK),
            primary=primary(say("insurance.done"), Did(Do.INSURANCE_DONE)),
        ),
    )


def explained(ctx: DeskContext, say: Say, case: X509PinCase, scene: at.Explained) -> DeskBody:
    """The clerk marks by which documents it is known who came; the holder reads and agrees on their own window."""
    papers = DocumentWords(ctx.say, large=say.large)
    known, ready = known_by(case), known_by(case) and scene.agreed
    consent = CheckRow(scene.agreed, say("explained.agreed" if scene.agreed else "explained.not_agreed"), "")
    back = key(say, "back", "back", Do.BACK) if not case.card_present else None
    missing = say("explained.missing" if not known else "explained.missing_consent")
    return page(
        say,
        "explained",
        say("explained.title"),
        Checklist(rows=(consent,), gap=4),
        *_unproven(say, papers, scene),
        Words(
            text=say("explained.holder" if case.comer is Comer.PERSON else "explained.other"), role=Role.LABEL, gap=4
        ),
        *document_keys(papers, case.shown, DocumentMarked),
        action=Action(
            back=back,
            primary=primary(ctx.say("frame.key.next") if ready else missing, Did(Do.GO_ON), ready=ready),
        ),
        case=case,
        alert="" if scene.would_do is None else say("explained.unproven"),
    )


def _unproven(say: Say, papers: DocumentWords, scene: at.Explained) -> tuple[Block, ...]:
    """What the server says would do, and what was past its last day."""
    told: list[str] = []
    if scene.would_do:
        told.append(say("explained.would_do", ways=papers.ways(scene.would_do)))
    if scene.expired:
        told.append(papers("lacking.expired", documents=papers.documents(scene.expired)))
    return tuple(Words(text=text, role=Role.LABEL, gap=2 if line else 4) for line, text in enumerate(told))
