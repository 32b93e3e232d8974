"""What an officer checks before they decide on an application, from the dated rules: what holds, what is wanting, and
what only a person can see. It advises and decides nothing. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.ages import needs_legal_representative
from certserver.applications.attachments import AttachmentKind
from certserver.applications.dated import Confirmed, in_force
from certserver.applications.express_codes import EXPRESS_ROWS, ExpressCode
from certserver.applications.form import Affirmed, Came, Form, born, is_declined, is_yes
from certserver.applications.identity import Combination, IdentityPolicy
from certserver.applications.mail_asked import mail_unmet
from certserver.applications.photos import PhotoOutcome, judge_photo
from certserver.applications.signatures import SIGNATURES, SignatureKind, SignatureVerdict, judge_signature
from certserver.applications.states import CardApplication, OldCard, PhotoState, Route
from certserver.pipeline.card_applications.moving import changed_since
from certserver.pipeline.card_applications.viewing import Shown
from certserver.registers.resident_now import ResidentNow
from koufu.photo.words import ExceptionCategory, PhotoException, PhotoFinding


class Checked(Enum):
    """What came of a check."""

    HOLDS = "holds"
    WANTING = "wanting"
    LOOK = "look"
    """A person has to look."""
    NOT_ASKED = "not-asked"
    """The rules ask nothing here."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is checked. `about` are words that say more of it; `count` is how many scans belong to it, None
    where none do; `sure` is how sure the rule is."""

    what: str
    came: Checked
    about: tuple[str, ...] = ()
    count: int | None = None
    sure: Confirmed = Confirmed.DESIGN


_DOCUMENTS = {
    Combination.TWO_A: 2,
    Combination.A_AND_B: 2,
    Combination.A_WITH_CARD_PIN: 1,
    Combination.NOTICE_CARD_AND_TWO_B: 3,
    Combination.ONE_A: 1,
    Combination.TWO_B: 2,
    Combination.THREE_B_WITH_FACE: 3,
}
"""How many documents each takes."""

_PHOTO = {PhotoState.FIT: Checked.HOLDS, PhotoState.NONE_WANTED: Checked.NOT_ASKED, PhotoState.MISSING: Checked.WANTING}
_OLD_CARD = {
    OldCard.NONE: Checked.NOT_ASKED,
    OldCard.TO_HAND_IN: Checked.LOOK,
    OldCard.HANDED_IN: Checked.HOLDS,
}
_SIGNED = {SignatureVerdict.VALID: Checked.HOLDS, SignatureVerdict.DEFECT: Checked.WANTING}


def checks_of(shown: Shown, record: ResidentNow | None, policy: IdentityPolicy, day: date) -> tuple[Check, ...]:
    """All checks of an application whose content is there, on a day in Japan. `record` is what the resident record says
    of the person, `policy` which documents the municipality takes."""
    assert shown.personal is not None, "of what was erased nothing is checked"
    application, form = shown.application, shown.personal.form
    birth = born(form)
    scans = {kind: sum(each.kind is kind for each in shown.attachments) for kind in AttachmentKind}
    represented = birth is not None and needs_legal_representative(birth, day, adult_ward=is_yes(form, "adult-ward"))
    found = (
        _record(shown, record),
        _intent(form),
        _identity(application, scans[AttachmentKind.IDENTITY_DOCUMENT], policy, day),
        _representative(form, scans[AttachmentKind.EVIDENCE]) if represented else None,
        _photo(application, form, day),
        _signature(form, day),
        _express(form, scans[AttachmentKind.EVIDENCE]) if application.express else None,
        _mail(application, form, day) if application.route is Route.MAIL else None,
        _pin_form(application) if application.route is Route.MAIL else None,
        Check("old-card", _OLD_CARD[application.old_card], (application.old_card.value,)),
        _stay(form, day) if "stay-until" in form else None,
    )
    return tuple(each for each in found if each is not None)


def _record(shown: Shown, record: ResidentNow | None) -> Check:
    assert shown.personal is not None, "asked before"
    changed = changed_since(shown.personal, record)
    if changed is not None:
        return Check("record", Checked.WANTING, (changed.value,))
    planned = record is not None and record.move_out_planned is not None
    return Check("record", Checked.LOOK if planned else Checked.HOLDS, ("move-planned",) if planned else ())


def _intent(form: Form) -> Check:
    how = tuple(form[name] for name in ("intent-affirmed-by", "intent-expressed-by") if name in form)
    if is_declined(form) or not how:
        return Check("intent", Checked.WANTING, how)
    own = form.get("intent-affirmed-by") == Affirmed.OWN_KEY.value
    return Check("intent", Checked.HOLDS if own else Checked.LOOK, how)


def _identity(application: CardApplication, scans: int, policy: IdentityPolicy, day: date) -> Check:
    rows = {row.combination: row for row in in_force(policy.combinations, day)}
    if application.identity is None:
        # Whoever only had help with the form is identified when the card is handed over.
        came = Checked.WANTING if application.route is Route.MAIL else Checked.LOOK
        return Check("identity", came, ("at-hand-over",) if came is Checked.LOOK else (), scans)
    by = application.identity.by
    row = rows.get(by)
    enough = row is not None and scans >= _DOCUMENTS[by]
    sure = Confirmed.MEMORY if row is None else row.confirmed
    return Check("identity", Checked.HOLDS if enough else Checked.LOOK, (by.value,), scans, sure)


def _representative(form: Form, evidence: int) -> Check:
    """What shows their authority only a person can read; a counter may have scanned it as any other document."""
    came = form.get("who-came") in (Came.WITH_REPRESENTATIVE.value, Came.REPRESENTATIVE.value)
    told = {"representative-name", "representative-relation"} <= form.keys()
    found = Checked.LOOK if came and told else Checked.WANTING
    return Check("representative", found, (form.get("representative-relation", ""),), evidence, Confirmed.SEEN)


def _photo(application: CardApplication, form: Form, day: date) -> Check:
    if application.photo is not PhotoState.EXCEPTION:
        overruled = tuple(form.get("photo-overruled", "").split())
        came = Checked.LOOK if overruled else _PHOTO[application.photo]
        return Check("photo", came, overruled, sure=Confirmed.SEEN)
    seen = tuple(each for each in PhotoFinding if each.value in form.get("photo-findings", "").split())
    category, reason = form.get("photo-exception"), form.get("photo-exception-reason", "")
    given = PhotoException(ExceptionCategory(category), reason) if category is not None and reason.strip() else None
    verdict = judge_photo(seen, given, day)
    about = (*(() if category is None else (category,)), *(each.value for each in seen))
    unlisted = ("unlisted",) if verdict.unlisted else ()
    came = Checked.WANTING if verdict.outcome is PhotoOutcome.REFUSED else Checked.LOOK
    return Check("photo", came, (*about, *unlisted), sure=Confirmed.MINISTRY)


def _signature(form: Form, day: date) -> Check:
    word = form.get("signature-kind")
    if word is None:
        return Check("signature", Checked.WANTING)
    kind = SignatureKind(word)
    sealed, outside = is_yes(form, "signature-sealed"), is_yes(form, "signature-outside-box")
    verdict = judge_signature(kind, day, sealed=sealed, in_box=not outside)
    row = next((each for each in in_force(SIGNATURES, day) if each.kind is kind), None)
    more = (*(("sealed",) if sealed else ()), *(("outside-box",) if outside else ()))
    sure = Confirmed.DESIGN if row is None else row.confirmed
    return Check("signature", _SIGNED.get(verdict, Checked.LOOK), (word, *more), sure=sure)


def _express(form: Form, evidence: int) -> Check:
    """The days were judged when it was opened; what proves the ground a person reads."""
    word = form.get("express-ground")
    if word is None:
        return Check("express", Checked.LOOK, (), evidence)
    row = next((each for each in EXPRESS_ROWS if each.code is ExpressCode(word)), None)
    sure = Confirmed.DESIGN if row is None else row.confirmed
    return Check("express", Checked.LOOK, (f"ground-{word}", form.get("express-happened-on", "")), evidence, sure)


def _mail(application: CardApplication, form: Form, day: date) -> Check:
    against = tuple(f"mail-{each.value}" for each in mail_unmet(application, form, day))
    return Check("mail", Checked.WANTING if against else Checked.HOLDS, against, sure=Confirmed.SEEN)


def _pin_form(application: CardApplication) -> Check:
    if application.face_auth:
        return Check("pin-form", Checked.NOT_ASKED, ("face-auth",))
    return Check("pin-form", Checked.HOLDS if application.pin_form_sealed else Checked.WANTING)


def _stay(form: Form, day: date) -> Check:
    until = form["stay-until"]
    return Check("stay", Checked.HOLDS if date.fromisoformat(until) > day else Checked.WANTING, (until,))
