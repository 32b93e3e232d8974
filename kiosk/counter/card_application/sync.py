"""What the server lacks of a case, one thing at a time: derived from what is there and what the server has, so that
nothing typed is lost while it does not answer, and nothing is sent twice as another. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from kiosk.counter.card_application.case import CardCase, Flight
from kiosk.counter.card_application.effects import Attach, CardEffect, Doing, Move, OpenDraft, Send, Tell
from kiosk.counter.card_application.scenes import Stopped
from kiosk.counter.card_application.values import Mirror, Scan
from kiosk.counter.card_application.words import ORDER, YES, AffirmedBy, Procedure, Route, Step
from kiosk.counter.case import CaseWaits
from kiosk.counter.refusal import Refusal

AGAIN_S = 5.0
"""So long after a silence the same is sent again."""

MAIL_KINDS = {False: "addressee-only-special", True: "simple-registered"}
"""How cards travel: ordinary, and by express issuance."""

_WAITS = frozenset({"draft", "identity-checked", "captured", "returned", "maker-defect"})
SENT = "sent-to-municipality"


def next_doing(case: CardCase) -> Doing | None:
    """The next thing to be done at the server, None when it has all there is."""
    mirror = case.mirror
    if not mirror.application:
        return _draft(case) if {Step.WHO, Step.INTENT} <= case.done else None
    said_no = _said_no(case)
    if said_no is not None:
        return said_no
    if case.reopening or (isinstance(case.scene, Stopped) and case.scene.withdrawing):
        return Move("withdraw") if mirror.state in _WAITS else None
    if mirror.state not in _WAITS or case.declined:
        return None
    for scan in case.scans:
        if scan.number not in mirror.attached and _counts(case, scan):
            return Attach(scan)
    told = _untold(case)
    if told is not None:
        return told
    if _to_check(case):
        return Move("check-identity")
    if case.sending:
        return Move("send" if mirror.state == "captured" else "capture")
    return None


def begin_next(case: CardCase) -> tuple[CardCase, tuple[CardEffect | CaseWaits, ...]]:
    """Sends the next thing, unless something is on its way."""
    if case.flight is not None:
        return case, ()
    doing = next_doing(case)
    if doing is None:
        return case, ()
    number = case.flights + 1
    case = replace(case, flights=number, flight=Flight(number, doing))
    return case, (sent_as(case, number, doing),)


def sent_as(case: CardCase, number: int, doing: Doing) -> Send:
    """The effect that sends it, from where the application stands."""
    return Send(case.number, number, doing, case.mirror.application, case.mirror.version, case.municipality)


def made(case: CardCase, doing: Doing, application: str, version: int, state: str) -> CardCase:
    """The server did it."""
    mirror = replace(case.mirror, application=application, version=version, state=state)
    match doing:
        case Attach(scan):
            mirror = replace(mirror, attached=mirror.attached | {scan.number})
        case Tell():
            mirror = replace(
                mirror,
                form=mirror.form if doing.form is None else doing.form,
                shown=mirror.shown if doing.shown is None else doing.shown,
                photo=doing.photo or mirror.photo,
                pin_form_sealed=mirror.pin_form_sealed if doing.pin_form_sealed is None else doing.pin_form_sealed,
                old_card=doing.old_card or mirror.old_card,
                mail_kind=doing.mail_kind or mirror.mail_kind,
            )
        case Move("check-identity"):
            mirror = replace(mirror, identity_checked=True)
        case _:
            pass
    if case.reopening and doing == Move("withdraw"):
        # What was attached goes to the new one again.
        mirror = Mirror()
        case = replace(case, reopening=False)
    return replace(case, mirror=mirror, flight=None, problem=None)


def refused(case: CardCase, doing: Doing, refusal: Refusal) -> tuple[CardCase, Step]:
    """The server did not: the step to go back to, which is not done any more."""
    step = _step_of(doing, refusal)
    mirror = case.mirror
    if refusal.version is not None:
        mirror = replace(mirror, version=refusal.version, state=refusal.state or mirror.state)
    case = replace(case, mirror=mirror, flight=None, sending=False, problem=refusal, done=case.done - {step})
    return case, step


def missing(case: CardCase) -> tuple[Step, ...]:
    """Steps that are to be gone through before it can be sent."""
    return tuple(step for step in ORDER if step is not Step.CHECK and step not in case.done)


def _draft(case: CardCase) -> OpenDraft | None:
    if case.resident is None or case.comer is None:
        return None
    express: tuple[tuple[str, str], ...] = ()
    if case.procedure is Procedure.EXPRESS:
        express = express_answers(case)
    return OpenDraft(case.resident.key, case.comer.value, case.route.value, express)


def express_answers(case: CardCase) -> tuple[tuple[str, str], ...]:
    """What is said of an express issuance."""
    names = (
        *("express-ground", "express-happened-on", "express-last-card", "express-weighed", "change-planned"),
        *("no-signing-x509", "no-user-auth-x509"),
    )
    return tuple((name, case.answers[name]) for name in names if name in case.answers)


def _counts(case: CardCase, scan: Scan) -> bool:
    """Whether a scan is still wanted: a photo that was taken anew is not sent, nor a document that was left."""
    if scan.kind == "photo":
        return scan.number == case.photo_scan and Step.PHOTO in case.done
    return any(document.scan == scan.number for document in case.documents) and Step.IDENTITY in case.done


def _said_no(case: CardCase) -> Tell | None:
    """The resident said No after the draft was opened: the server hears it before anything else."""
    mirror = case.mirror
    told = dict(mirror.form or ())
    if not case.declined or mirror.state not in _WAITS or told.get("intent-affirmed-by") == AffirmedBy.DECLINED.value:
        return None
    left = {name: text for name, text in told.items() if name not in _FIELDS_OF[Step.INTENT]}
    return Tell(form=tuple(sorted({**left, "intent-affirmed-by": AffirmedBy.DECLINED.value}.items())))


def _untold(case: CardCase) -> Tell | None:
    mirror, done = case.mirror, case.done
    # Between a No and a Yes nothing of the form is told: it would look as if the No were taken back.
    form = None if case.declined else _form_so_far(case)
    shown = tuple((each.kind, each.until) for each in case.documents) if Step.IDENTITY in done else None
    settled = Step.PIN_FORM in done
    mailed = Step.DELIVERY in done and case.route is Route.MAIL
    told = Tell(
        form=form if form != mirror.form else None,
        shown=shown if shown and shown != mirror.shown else None,
        by_own_card=bool(shown and shown != mirror.shown) and _by_own_card(case),
        photo=case.photo if Step.PHOTO in done and form is not None and case.photo != mirror.photo else None,
        pin_form_sealed=_sealed(case) if settled and _sealed(case) != mirror.pin_form_sealed else None,
        old_card=_old_card(case) if settled and _old_card(case) != mirror.old_card else None,
        mail_kind=_mail_kind(case) if mailed and _mail_kind(case) != mirror.mail_kind else None,
    )
    return None if told == Tell() else told


_FIELDS_OF: Mapping[Step, frozenset[str]] = {
    Step.INTENT: frozenset({"intent-affirmed-by", "intent-expressed-by", "intent-witness"}),
    Step.X509: frozenset({"no-signing-x509", "no-user-auth-x509"}),
    Step.PHOTO: frozenset({"photo-exception", "photo-exception-reason", "photo-findings", "photo-overruled"}),
    Step.SIGNATURE: frozenset({"signature-kind", "signature-outside-box", "signature-sealed"}),
    Step.DELIVERY: frozenset({"change-planned", "copy-consent", "forwarding", "occasion", "pin-consent"}),
    Step.FORM: frozenset(
        {
            *("adult-ward", "braille-name", "email", "phone", "representative-address", "representative-name"),
            *("representative-phone", "representative-relation", "substitute-characters"),
        }
    ),
}
"""Which fields a step settles; all others are known with who it is."""


def _form_so_far(case: CardCase) -> tuple[tuple[str, str], ...] | None:
    """The form as far as its steps are gone through, so that a terminal that stops loses nothing of them; None while
    there is nothing to tell. What the server has is never told away by a step that is gone through again."""
    if {Step.FORM, Step.SIGNATURE, Step.DELIVERY} <= case.done:
        return case.form()
    if Step.INTENT not in case.done or (case.young and Step.FORM not in case.done):
        return None
    not_yet = frozenset[str]().union(*(fields for step, fields in _FIELDS_OF.items() if step not in case.done))
    if case.young:
        # By the age alone, not by what anybody chose.
        not_yet -= {"no-signing-x509"}
    told = tuple((name, text) for name, text in case.form() if name not in not_yet)
    had = {name for name, _ in case.mirror.form or ()}
    return told if had <= {name for name, _ in told} else None


def _by_own_card(case: CardCase) -> bool:
    shown = {each.kind for each in case.documents}
    return case.answer("by-own-card") == YES and "individual-number-card" in shown


def _old_card(case: CardCase) -> str:
    return case.answer("old-card") or "none"


def _sealed(case: CardCase) -> bool:
    return case.answer("pin-form") == "sealed"


def _mail_kind(case: CardCase) -> str:
    return MAIL_KINDS[case.procedure is Procedure.EXPRESS]


def _to_check(case: CardCase) -> bool:
    mirror = case.mirror
    if Step.IDENTITY not in case.done or not mirror.shown or mirror.identity_checked:
        return False
    return mirror.state == "draft" or (mirror.state == "returned" and mirror.reason in ("identity", "evidence"))


_OF_NEED: Mapping[str, Step] = {
    "form-complete": Step.FORM,
    "identity-checked": Step.IDENTITY,
    "identity-for-mail": Step.IDENTITY,
    "identity-proven": Step.IDENTITY,
    "mail-conditions": Step.DELIVERY,
    "photo-settled": Step.PHOTO,
    "pin-form": Step.PIN_FORM,
}
_OF_MAIL: Mapping[str, Step] = {"identity-proven": Step.IDENTITY, "old-card-handed-in": Step.PIN_FORM}
_OF_FIELD: Mapping[str, Step] = {
    "signature-kind": Step.SIGNATURE,
    "signature-sealed": Step.SIGNATURE,
    "signature-outside-box": Step.SIGNATURE,
    "no-signing-x509": Step.X509,
    "photo-exception": Step.PHOTO,
    "photo-exception-reason": Step.PHOTO,
}
_OF_REASON: Mapping[str, Step] = {
    "no-exception": Step.PHOTO,
    "no-photo": Step.PHOTO,
    "no-photo-wanted": Step.PHOTO,
    "not-proven": Step.IDENTITY,
    "photo-wanted": Step.PHOTO,
    "unfit-file": Step.IDENTITY,
}


def _step_of(doing: Doing, refusal: Refusal) -> Step:
    found = [_OF_NEED[need] for need in refusal.needs if need in _OF_NEED and need != "mail-conditions"]
    found += [_OF_MAIL.get(condition, Step.DELIVERY) for condition in refusal.mail]
    found += [_OF_FIELD.get(name, Step.FORM) for name in refusal.fields]
    if refusal.reason in _OF_REASON:
        found.append(_OF_REASON[refusal.reason])
    if found:
        return min(found, key=ORDER.index)
    match doing:
        case OpenDraft():
            return Step.WHO
        case Attach(scan) if scan.kind == "photo":
            return Step.PHOTO
        case Attach():
            return Step.IDENTITY
        case _:
            return Step.CHECK
