"""What of a form is wrong on the day on which it is told, though each field by itself is right. Pure."""

from datetime import date

from certserver.applications.ages import needs_legal_representative
from certserver.applications.form import Form, born, is_yes
from certserver.applications.signatures import SignatureKind, SignatureVerdict, judge_signature


def wrong_today(form: Form, day: date) -> tuple[str, ...]:
    """Fields that are wrong by the age that somebody has on a day, or by what stands in the box for one's own hand,
    sorted."""
    wrong: set[str] = set()
    birth = born(form)
    if birth is not None and needs_legal_representative(birth, day, adult_ward=is_yes(form, "adult-ward")):
        wrong |= {name for name in ("representative-name", "representative-relation") if name not in form}
        if not is_yes(form, "no-signing-x509"):
            wrong.add("no-signing-x509")
    kind = form.get("signature-kind")
    if kind is not None:
        verdict = judge_signature(
            SignatureKind(kind),
            day,
            sealed=is_yes(form, "signature-sealed"),
            in_box=not is_yes(form, "signature-outside-box"),
        )
        if verdict is SignatureVerdict.DEFECT:
            wrong.add("signature-sealed")
    return tuple(sorted(wrong))
