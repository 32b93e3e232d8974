"""The pages between: identity documents, the form, X.509s, signature, sealed PIN form and old card, the mail."""

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import Chosen, Key, Marked, Touched
from kiosk.counter.card_application.ready import against_mail, ready, replaces_card, wrong
from kiosk.counter.card_application.words import (
    WITH_A_PHOTO,
    WITHOUT_A_PHOTO,
    Occasion,
    OldCard,
    Procedure,
    Route,
    Signature,
    Step,
)
from kiosk.screens.blocks import Block, Notice, Pair, Role, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import fields, rows_of
from kiosk.screens.counter.card_application.parts import back, busy, page, question, say, shown, within
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Columns, Entry
from kiosk.screens.model import Action, Band

REGISTER = ("name", "name-kana", "born", "sex", "address", "stay-status", "stay-until")
"""What stands there from the register."""


def identity(ctx: DeskContext, case: CardCase, scene: at.Identity) -> DeskBody:
    """Which documents are shown; each is scanned."""
    blocks: list[Block] = [Words(text=say(ctx, "identity.text"), role=Role.LABEL, gap=3)]
    for group, kinds in (("with_photo", WITH_A_PHOTO), ("without_photo", WITHOUT_A_PHOTO)):
        blocks.append(Words(text=say(ctx, f"identity.{group}"), role=Role.LABEL, gap=5))
        blocks += rows_of([_document(ctx, case, kind) for kind in kinds], 3, large=ctx.desk.large)
    seen = [each for each in case.documents if each.scan]
    if seen:
        blocks.append(Words(text=say(ctx, "identity.scanned"), role=Role.LABEL, gap=5))
        blocks += [
            Pair(label=say(ctx, f"answer.document.{each.kind}"), text=say(ctx, "identity.done"), gap=2) for each in seen
        ]
    unscanned = next((each.kind for each in case.documents if not each.scan), "")
    extra: tuple[Control, ...] = ()
    if unscanned and not scene.scanning:
        extra = (Control("scan", say(ctx, "key.scan"), Chosen("scan", unscanned)),)
    problem = say(ctx, f"scan.{scene.problem}") if scene.problem else ""
    return page(ctx, case, blocks, busy(ctx, "scanning") if scene.scanning else None, extra, problem)


def _document(ctx: DeskContext, case: CardCase, kind: str) -> Control:
    chosen = any(each.kind == kind for each in case.documents)
    return Control(f"document-{kind}", say(ctx, f"answer.document.{kind}"), Marked("document", kind), chosen=chosen)


def filling(ctx: DeskContext, case: CardCase, scene: at.Filling) -> DeskBody:
    """The form: what the register says, what is typed, and whose turn it is."""
    bad = wrong(case)
    blocks: list[Block] = [Words(text=say(ctx, "form.register"), role=Role.LABEL, gap=4)]
    blocks += [
        Pair(label=say(ctx, f"field.{name}"), text=shown(ctx.say, name, case.answer(name)), gap=1.5)
        for name in REGISTER
        if case.answer(name)
    ]
    if case.again and not case.answer("name"):
        blocks.append(Notice(text=say(ctx, "form.again"), role=Role.LABEL, gap=3))
    blocks.append(Words(text=say(ctx, "form.typed"), role=Role.LABEL, gap=7))
    blocks.append(_pair(ctx, case, bad, "phone", "email"))
    blocks.append(_pair(ctx, case, bad, "braille-name", "substitute-characters"))
    blocks += question(ctx, case, "adult-ward", ["yes"], columns=2)
    if case.young:
        blocks.append(Words(text=say(ctx, "form.representative"), role=Role.LABEL, gap=6))
        blocks.append(_pair(ctx, case, bad, "representative-name", "representative-relation"))
        blocks.append(_pair(ctx, case, bad, "representative-address", "representative-phone"))
    if scene.confirming:
        action = Action(back=back(ctx), band=Band("hand", say(ctx, "form.their_turn")))
    else:
        go = primary(say(ctx, "key.show_resident"), Touched(Key.NEXT), ready=ready(case, Step.FORM))
        action = Action(back=back(ctx), primary=go)
    return page(ctx, case, blocks, action, alert=say(ctx, "form.objected") if scene.objected else "")


def _pair(ctx: DeskContext, case: CardCase, bad: frozenset[str], *names: str) -> Columns:
    return fields(*(_entry(ctx, case, bad, name) for name in names), large=ctx.desk.large)


def _entry(ctx: DeskContext, case: CardCase, bad: frozenset[str], name: str) -> Entry:
    empty = name in bad and not case.answer(name)
    return Entry(
        name=name,
        label=say(ctx, f"field.{name}"),
        value=case.answer(name),
        hint=say(ctx, f"hint.{name}"),
        problem=say(ctx, "form.empty" if empty else f"wrong.{name}") if name in bad else "",
        most=120,
    )


def x509s(ctx: DeskContext, case: CardCase) -> DeskBody:
    """Which X.509s: a box is blackened for one that is not wanted."""
    young = case.young
    blocks: list[Block] = [Words(text=say(ctx, "x509.text"), role=Role.LABEL, gap=3)]
    blocks += question(ctx, case, "no-user-auth-x509", ["yes"], columns=1, gap=6)
    if young:
        blocks.append(Notice(text=say(ctx, "x509.young"), role=Role.LABEL, gap=6))
    else:
        blocks += question(ctx, case, "no-signing-x509", ["yes"], columns=1, gap=6)
    blocks.append(Words(text=say(ctx, "x509.result"), role=Role.LABEL, gap=8))
    for name in ("user-auth", "signing"):
        left_out = case.answer(f"no-{name}-x509") == "yes" or (name == "signing" and young)
        words = say(ctx, "x509.left_out" if left_out else "x509.issued")
        blocks.append(Pair(label=say(ctx, f"x509.{name}"), text=words, gap=2))
    return page(ctx, case, blocks)


def signing(ctx: DeskContext, case: CardCase) -> DeskBody:
    """How the name came into the box."""
    blocks: list[Block] = [
        Words(text=say(ctx, "signing.text"), role=Role.LABEL, gap=3),
        *question(ctx, case, "signature-kind", [each.value for each in Signature], columns=2, notes=True),
    ]
    kind = case.answer("signature-kind")
    if kind and kind != Signature.HANDWRITTEN.value:
        blocks += question(ctx, case, "signature-sealed", ["yes"], columns=2)
        if not case.answer("signature-sealed"):
            blocks.append(Notice(text=say(ctx, "signing.seal_needed"), role=Role.LABEL, gap=2))
    if kind:
        blocks += question(ctx, case, "signature-outside-box", ["yes"], columns=2)
    return page(ctx, case, blocks)


def pin_form(ctx: DeskContext, case: CardCase) -> DeskBody:
    """The sealed PIN form into custody, and the card that they have now."""
    blocks: list[Block] = []
    if case.route is Route.MAIL:
        blocks += [
            Words(text=say(ctx, "pin_form.text"), role=Role.LABEL, gap=3),
            *question(ctx, case, "pin-form", ["sealed"], columns=1, gap=4),
        ]
        if case.answer("pin-form"):
            blocks.append(Notice(text=say(ctx, "pin_form.custody"), role=Role.LABEL, gap=3))
    else:
        blocks.append(Words(text=say(ctx, "pin_form.counter"), role=Role.LABEL, gap=3))
    blocks += question(ctx, case, "old-card", [each.value for each in OldCard], columns=1, notes=True, gap=8)
    return page(ctx, case, [*blocks, *_licence(ctx, case)])


def delivery(ctx: DeskContext, case: CardCase) -> DeskBody:
    """The mail's questions; or fetched at the municipality's counter."""
    if case.route is Route.COUNTER:
        return page(ctx, case, [Words(text=say(ctx, "delivery.counter"), gap=4), *_licence(ctx, case)])
    blocks: list[Block] = [Words(text=say(ctx, "delivery.text"), role=Role.LABEL, gap=3)]
    if case.procedure is Procedure.ORDINARY:
        blocks += question(ctx, case, "occasion", [each.value for each in Occasion], columns=2)
    for name in ("change-planned", "forwarding"):
        blocks += question(ctx, case, name, ["no", "yes"])
    for name in ("pin-consent", "copy-consent"):
        blocks += question(ctx, case, name, ["yes", "no"])
    if case.procedure is Procedure.ORDINARY:
        blocks += within(ctx, Control("to-counter", say(ctx, "key.to_counter"), Chosen("route", Route.COUNTER.value)))
    against = say(ctx, "delivery.against") if against_mail(case) else ""
    return page(ctx, case, [*blocks, *_licence(ctx, case)], alert=against)


def _licence(ctx: DeskContext, case: CardCase) -> tuple[Block, ...]:
    """The warning to whoever has a licence in the card that goes."""
    return (Notice(text=say(ctx, "licence"), role=Role.LABEL, gap=5),) if replaces_card(case) else ()
