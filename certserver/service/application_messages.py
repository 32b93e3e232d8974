"""Turns what the use cases of card applications answer into messages of the wire. Nothing is decided here."""

from collections.abc import Iterator

from certserver.papers.press import DrawnPaper
from certserver.pipeline.card_applications.expressing import ExpressAnswer
from certserver.pipeline.card_applications.finding import Found
from certserver.pipeline.card_applications.listing import Listed
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.renewing import RenewalAnswer
from certserver.pipeline.card_applications.viewing import Content, Shown, Standing
from koufu.v1 import applications_pb2 as wire

PIECE_BYTES = 64 * 1024
"""Of an attachment at a time."""


def step_message(done: Done | Declined) -> wire.StepReply:
    """What came of a step."""
    if isinstance(done, Declined):
        return wire.StepReply(refusal=refusal_message(done))
    return wire.StepReply(
        done=wire.StepDone(
            application=done.application_id,
            version=done.version,
            state=done.state.value,
            attachment=done.attachment,
        )
    )


def refusal_message(declined: Declined) -> wire.ApplicationRefusal:
    """Why nothing was done, and where it can be."""
    return wire.ApplicationRefusal(
        reason=declined.reason.value,
        needs=[need.value for need in declined.needs],
        fields=declined.fields,
        mail=[condition.value for condition in declined.mail],
        nearest=declined.nearest.value if declined.nearest else "",
        days_late=declined.days_late,
        instead=[wire.Site(kind=site.kind.value, name=site.name) for site in declined.instead],
        version=declined.version,
        state=declined.state.value if declined.state else "",
    )


def show_message(shown: Shown | Standing | Declined) -> wire.ShowReply:
    """Where an application stands, or all of it."""
    if isinstance(shown, Declined):
        return wire.ShowReply(refusal=refusal_message(shown))
    if isinstance(shown, Standing):
        return wire.ShowReply(shown=wire.Shown(standing=standing_message(shown)))
    return wire.ShowReply(shown=wire.Shown(standing=standing_message(shown.standing), whole=_whole(shown)))


def found_message(found: Found | Declined) -> wire.FindResidentReply:
    """Who was found, as far as a form is filled from it."""
    if isinstance(found, Declined):
        return wire.FindResidentReply(refusal=refusal_message(found))
    person = found.resident
    fields = {
        "name": person.name,
        "name-kana": person.name_kana,
        "address": person.address,
        "born": person.born.isoformat(),
        "sex": person.sex,
        "stay-status": person.residence_status,
        "stay-until": person.stay_until.isoformat() if person.stay_until else None,
    }
    return wire.FindResidentReply(
        found=wire.FoundResident(
            resident=person.resident_id,
            form=wire.Form(fields={name: text for name, text in fields.items() if text}),
            needs_representative=found.needs_representative,
            photo_wanted=found.photo_wanted,
            move_out_planned=person.move_out_planned is not None,
            open=standing_message(found.open) if found.open else None,
        )
    )


def express_message(answer: ExpressAnswer | Declined) -> wire.AskExpressReply:
    """Whether it may be, and about when it arrives."""
    if isinstance(answer, Declined):
        return wire.AskExpressReply(refusal=refusal_message(answer))
    granted, arrives = answer.granted, answer.arrives
    return wire.AskExpressReply(
        granted=wire.ExpressGranted(
            code=granted.code.value,
            deadline=granted.deadline.isoformat(),
            yen=granted.fee,
            shown_by=granted.shown_by,
            likely_from=arrives.likely_from.isoformat(),
            likely_to=arrives.likely_to.isoformat(),
            beyond_a_week=arrives.beyond_a_week,
        )
    )


def renewal_message(answer: tuple[RenewalAnswer, ...] | Declined) -> wire.AskRenewalReply:
    """From which day each is renewed."""
    if isinstance(answer, Declined):
        return wire.AskRenewalReply(refusal=refusal_message(answer))
    return wire.AskRenewalReply(
        renewals=[
            wire.Renewal(
                last_day=each.last_day.isoformat(), stage=each.stage.value, first_day=each.first_day.isoformat()
            )
            for each in answer
        ]
    )


def list_message(listed: tuple[Listed, ...] | Declined) -> wire.ListHereReply:
    """The applications of an office."""
    if isinstance(listed, Declined):
        return wire.ListHereReply(refusal=refusal_message(listed))
    return wire.ListHereReply(
        listed=[
            wire.Listed(
                municipality=each.municipality,
                standing=standing_message(each.standing),
                touched_at=each.touched_at,
                waits_here=each.waits_here,
                express=each.express,
                likely_from=each.likely[0].isoformat() if each.likely else "",
                likely_to=each.likely[1].isoformat() if each.likely else "",
            )
            for each in listed
        ]
    )


def content_messages(found: Content) -> Iterator[wire.ReadAttachmentReply]:
    """A photo or scan in pieces, behind its media type."""
    yield wire.ReadAttachmentReply(media_type=found.media_type.value)
    for at in range(0, len(found.content), PIECE_BYTES):
        yield wire.ReadAttachmentReply(piece=found.content[at : at + PIECE_BYTES])


def paper_messages(drawn: DrawnPaper | Declined) -> Iterator[wire.PaperReply]:
    """A paper in pieces, behind its head."""
    if isinstance(drawn, Declined):
        yield wire.PaperReply(refusal=refusal_message(drawn))
        return
    yield wire.PaperReply(head=wire.PaperHead(title=drawn.title, sheets=drawn.sheets))
    for at in range(0, len(drawn.file), PIECE_BYTES):
        yield wire.PaperReply(piece=drawn.file[at : at + PIECE_BYTES])


def standing_message(standing: Standing) -> wire.Standing:
    """Where an application stands."""
    return wire.Standing(
        application=standing.application_id,
        version=standing.version,
        state=standing.state.value,
        reason=standing.reason.value if standing.reason else "",
    )


def _whole(shown: Shown) -> wire.WholeApplication:
    application = shown.application
    return wire.WholeApplication(
        form=wire.Form(fields=dict(shown.personal.form)) if shown.personal else None,
        photo=application.photo.value,
        identity_checked=application.identity is not None,
        form_complete=application.form_complete,
        pin_form_sealed=application.pin_form_sealed,
        old_card=application.old_card.value,
        route=application.route.value,
        express=application.express,
        mail_kind=application.mail_kind.value if application.mail_kind else "",
        photo_wanted=shown.photo_wanted,
        needs_representative=shown.needs_representative,
        attachments=[
            wire.Attachment(number=each.number, kind=each.kind.value, media_type=each.media_type.value, size=each.size)
            for each in shown.attachments
        ],
    )
