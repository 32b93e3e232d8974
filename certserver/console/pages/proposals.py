"""What waits for a second person, and what was decided: each is approved or declined here, and taken back by whoever
asked."""

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office import proposals
from certserver.office.alarms import alarms
from certserver.office.deciding import decide
from certserver.office.issued.recalls import all_recalls
from certserver.office.people import names
from certserver.office.rights import Right
from certserver.office.settings.drafts import to_be_approved


def show(visit: Visit) -> Answer:
    """What waits, and what was decided lately, each with what it is about: nobody decides what they can't see."""
    may_see_recalls = visit.who.officer.may(Right.SEE_RECALLS)
    told = {
        "alarms": {each.alarm_id.hex(): each for each in alarms(visit.desk)},
        "names": names(visit.desk),
        "recalls": {str(each.recall_no): each for each in all_recalls(visit.desk)} if may_see_recalls else {},
        "waiting": proposals.waiting(visit.desk),
        "drafts": to_be_approved(visit.desk),
        "decided": proposals.decided(visit.desk),
        "may_approve": visit.who.officer.may(Right.APPROVE),
        "may_see_recalls": may_see_recalls,
    }
    return Shown("proposals", told)


def do(visit: Visit) -> Answer:
    """Decides one."""
    try:
        proposal_id = bytes.fromhex(visit.named["proposal"])
    except ValueError as error:
        raise NoSuchEntry("there is no such proposal") from error
    done = decide(visit.desk, proposal_id, approve=visit.form.get("decision") == "approve")
    if done.way_in is not None:
        return Shown("way-in", {"mark": done.mark, "code": done.way_in})
    return Gone("/proposals", Said(f"proposal-{done.outcome.value}"))


PAGES = (
    PageRoute("/proposals", show, right=Right.SEE, menu="menu.proposals"),
    PageRoute("/proposals/{proposal}", None, do, right=Right.SEE),
)
