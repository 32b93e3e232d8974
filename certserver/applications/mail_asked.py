"""What speaks against the mail, asked of an application as it stands: from what its form says of the visit, who was
identified, and what became of the old card. Pure."""

from datetime import date

from certserver.applications.form import Came, Form, born, is_yes
from certserver.applications.identity import Proven
from certserver.applications.mail_delivery import (
    CONDITIONS,
    MailCondition,
    MailVisit,
    Occasion,
    unmet,
)
from certserver.applications.states import CardApplication, OldCard

_NOT_TOLD = tuple(MailCondition)


def mail_unmet(application: CardApplication, form: Form, day: date) -> tuple[MailCondition, ...]:
    """What speaks against the mail on a day. What nobody asked counts as not so. Express issuance has grounds of its
    own in the place of the occasions, and its card is new."""
    birth = born(form)
    if birth is None:
        return _NOT_TOLD
    came = form.get("who-came")
    asked = {"change-planned", "forwarding"} <= form.keys()
    visit = MailVisit(
        occasion=Occasion.FIRST if application.express else Occasion(form.get("occasion", Occasion.OTHER.value)),
        identity=None if application.combination is None else Proven(application.combination),
        born=birth,
        adult_ward=is_yes(form, "adult-ward"),
        person_came=came in (Came.PERSON.value, Came.WITH_REPRESENTATIVE.value),
        representative_came=came in (Came.WITH_REPRESENTATIVE.value, Came.REPRESENTATIVE.value),
        old_card_handed_in=application.old_card is OldCard.HANDED_IN,
        change_planned=not asked or is_yes(form, "change-planned"),
        forwarding=not asked or is_yes(form, "forwarding"),
        pin_consent=is_yes(form, "pin-consent"),
        copy_consent=is_yes(form, "copy-consent"),
        face_auth=application.face_auth,
    )
    return unmet(visit, day, CONDITIONS)
