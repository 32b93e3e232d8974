"""What an officer can meet when they ask for something that can't be done: a word and its values, told by the console
in the language of the page and by the command line in English. It names no person but by their mark."""

from collections.abc import Mapping
from enum import Enum

from certserver.errors import ConfigurationError, NotAllowed


class Objection(Enum):
    """Why it can't be done."""

    ALARM_CLOSED = "alarm-closed"
    ASKED_ALREADY = "asked-already"
    ASKED_BY_ONESELF = "asked-by-oneself"
    ASKER_MAY_NO_MORE = "asker-may-no-more"
    CHANGES_NOTHING = "changes-nothing"
    CLAUSE_MISSING = "clause-missing"
    DEBT_CAME_OUT = "debt-came-out"
    DEBT_CASHLESS = "debt-cashless"
    DEBT_CHANGED = "debt-changed"
    DEBT_OF_SEVERAL = "debt-of-several"
    DEBT_PAID = "debt-paid"
    DEBT_UNCONFIRMED = "debt-unconfirmed"
    DECIDED_ALREADY = "decided-already"
    DECLINING_LENGTH = "declining-length"
    DRAFT_DECIDED = "draft-decided"
    DRAFT_OF_ANOTHER = "draft-of-another"
    DRAFT_UNREAD = "draft-unread"
    FINDING_LENGTH = "finding-length"
    INSTANT_PAST = "instant-past"
    INSTANT_TOO_FAR = "instant-too-far"
    KIND_ABSENT = "kind-absent"
    LAST_DAY_OVER = "last-day-over"
    MARK_TAKEN = "mark-taken"
    MAY_LESS_NOW = "may-less-now"
    NEVER_IN_FORCE = "never-in-force"
    NEVER_READ = "never-read"
    NEVER_SET = "never-set"
    NOBODY_DECIDES = "nobody-decides"
    NOT_A_BUILD = "not-a-build"
    NOT_ISSUED = "not-issued"
    NOT_PROPOSED = "not-proposed"
    NOTICE_LACKS = "notice-lacks"
    NOTICE_NAMELESS = "notice-nameless"
    NO_COMMISSION = "no-commission"
    NO_DAY = "no-day"
    NO_DOCUMENT_NUMBER = "no-document-number"
    NO_INSTANT = "no-instant"
    NO_MARK = "no-mark"
    NO_NAME = "no-name"
    NO_PROFILE = "no-profile"
    NO_REASON = "no-reason"
    NO_OUTLET_NAME = "no-outlet-name"
    NO_ROLE = "no-role"
    NO_SAMPLE = "no-sample"
    PAPER_UNPRINTABLE = "paper-unprintable"
    NO_TERMINAL_NAME = "no-terminal-name"
    PROPOSAL_EXPIRED = "proposal-expired"
    PROVE_ANEW = "prove-anew"
    PURPOSE_WITHOUT_KIND = "purpose-without-kind"
    REPORT_SPAN = "report-span"
    ROLE_ENDS_SOONER = "role-ends-sooner"
    ROLE_HELD = "role-held"
    ROLE_SINCE_OVER = "role-since-over"
    ROLE_UNTIL_OVER = "role-until-over"
    SCAN_UNREADABLE = "scan-unreadable"
    SEAL_MISSING = "seal-missing"
    SEAL_PICTURE = "seal-picture"
    SIGNED_IN_BEFORE = "signed-in-before"
    STOPPING_LENGTH = "stopping-length"
    TERMINAL_ENROLLED = "terminal-enrolled"
    TERMINAL_STOPPED = "terminal-stopped"
    TOO_MANY_ROWS = "too-many-rows"
    WHOLE_MONTHS = "whole-months"
    WHY_LENGTH = "why-length"
    YEARS_MISSING = "years-missing"


ENGLISH: Mapping[Objection, str] = {
    Objection.ALARM_CLOSED: "this alarm is closed already; `koufu-server alarm list` shows which are open",
    Objection.ASKED_ALREADY: "the same was asked already, and waits for another person",
    Objection.ASKED_BY_ONESELF: "{mark} asked for this: another person stands for it",
    Objection.ASKER_MAY_NO_MORE: "{mark} might not ask for this any more: decline it",
    Objection.CHANGES_NOTHING: "this draft changes nothing",
    Objection.CLAUSE_MISSING: "{kind} is offered, but the profile lacks a certification clause for it",
    Objection.DEBT_CAME_OUT: "nothing is due on {number} any more: it came out after all, or was never paid",
    Objection.DEBT_CHANGED: "nothing was noted: {yen} yen are due on {number} now",
    Objection.DEBT_OF_SEVERAL: "slips of {terminals} bear this number: say whose it is with --terminal",
    Objection.DEBT_PAID: "{number} is paid back already, by {by}",
    Objection.DEBT_CASHLESS: (
        "the terminal goes on asking what became of the cashless payment of {number}: wait for it; only where it can't"
        " say any more ask whoever runs these payments, then say --looked"
    ),
    Objection.DEBT_UNCONFIRMED: (
        "the money device does not vouch for {number}: compare its count first (docs/operating/kiosk.md),"
        " then say --looked"
    ),
    Objection.DECIDED_ALREADY: "{mark} has decided this already: {outcome}",
    Objection.DECLINING_LENGTH: "say in one line of 1 to {longest} characters why it is declined",
    Objection.DRAFT_DECIDED: "draft {number} is {state} already",
    Objection.DRAFT_OF_ANOTHER: "draft {number} is {mark}'s, who alone changes it",
    Objection.DRAFT_UNREAD: "what draft {number} holds can't be read by this build",
    Objection.FINDING_LENGTH: "say in 1 to {longest} characters what was found and done",
    Objection.INSTANT_PAST: "effective lies in the past: what was in force is never changed afterwards",
    Objection.INSTANT_TOO_FAR: "effective lies more than ten years ahead",
    Objection.KIND_ABSENT: "{kind} does not stand at that instant",
    Objection.LAST_DAY_OVER: "{day} is over: yesterday is the first last day there can be",
    Objection.MARK_TAKEN: "{mark} is somebody's mark already, and stays it: choose another",
    Objection.MAY_LESS_NOW: "{mark} may less than a moment ago",
    Objection.NEVER_IN_FORCE: "draft {number} was never in force: there is nothing to take back",
    Objection.NEVER_READ: "nothing is there that could be read before: set it anew",
    Objection.NEVER_SET: "{subject} had never been set: say in a draft how it is to be",
    Objection.NOBODY_DECIDES: "nobody would decide on {day}: give another one this role first",
    Objection.NOT_A_BUILD: "{typed} is no build: three numbers with dots are expected, as in 1.2.0",
    Objection.NOT_ISSUED: "no document of this number was issued here",
    Objection.NOT_PROPOSED: "draft {number} is not proposed yet: its drafter is still at work on it",
    Objection.NOTICE_LACKS: "nothing can be posted yet: {instrument} is not there",
    Objection.NOTICE_NAMELESS: "{office} is no name that residents know: say with a commission what it is called",
    Objection.NO_COMMISSION: "{office} has no such commission: enter it with `commission add`",
    Objection.NO_DAY: "this is no day: YYYY-MM-DD is expected",
    Objection.NO_DOCUMENT_NUMBER: "this is no document number",
    Objection.NO_INSTANT: "{typed} is no instant: 2027-04-01T00:00:00 is expected",
    Objection.NO_MARK: "{mark} is no mark: 2 to 32 of a-z, 0-9 and - are expected",
    Objection.NO_NAME: "a name has 1 to {longest} characters",
    Objection.NO_PROFILE: "there is no profile at that instant: `koufu-server municipality set` enters the first one",
    Objection.NO_REASON: "this draft says no reason: whoever approves it reads one",
    Objection.NO_OUTLET_NAME: "an outlet's name is 1 to {longest} letters, digits, hyphens, dots and _",
    Objection.NO_ROLE: "this is no role of the office with its days",
    Objection.NO_SAMPLE: "this sample can't be drawn: {reason}",
    Objection.NO_TERMINAL_NAME: "a terminal's name is 1 to {longest} letters, digits and hyphens",
    Objection.PAPER_UNPRINTABLE: "this can't be printed as it is: {fields}",
    Objection.PROPOSAL_EXPIRED: "nobody decided this within {days} days: let it be asked anew",
    Objection.PROVE_ANEW: "sign in anew first",
    Objection.PURPOSE_WITHOUT_KIND: "purpose {code} suggests {kind}, which nobody set",
    Objection.REPORT_SPAN: "a report ends on or after the day on which it begins, and is of ten years at most",
    Objection.ROLE_ENDS_SOONER: "{mark} is {role} until {day} only: it does not end by that",
    Objection.ROLE_HELD: "{mark} is {role} since {day} already: end that first",
    Objection.ROLE_SINCE_OVER: "{day} is over: a role begins today at the earliest",
    Objection.ROLE_UNTIL_OVER: "{day} is over: the role would count on no day",
    Objection.SCAN_UNREADABLE: "this scan can't be shown: ask for it anew",
    Objection.SEAL_MISSING: "profile.official_seal is missing: name a 1-bit PNG of the seal, 600 dpi",
    Objection.SEAL_PICTURE: "the official seal must be a 1-bit PNG of {side} x {side} px ({mm} mm): scan it at 600 dpi",
    Objection.SIGNED_IN_BEFORE: "{mark} has signed in, or holds a role: ask for a reset, which another one approves",
    Objection.STOPPING_LENGTH: "say in 1 to {longest} characters why it is stopped",
    Objection.TERMINAL_ENROLLED: "{name} is enrolled already: say that this is in place of what it has",
    Objection.TERMINAL_STOPPED: "{name} is stopped: let it serve again first",
    Objection.TOO_MANY_ROWS: "more than {most} rows stand here: `koufu-server municipality set` changes them",
    Objection.WHOLE_MONTHS: "whoever may not see small numbers asks for whole months that are over",
    Objection.WHY_LENGTH: "the reason is one line of at most {longest} characters",
    Objection.YEARS_MISSING: "{kind} is offered, but no fiscal year of it: the file needs [[tax_years]]",
}
"""What the command line says, where it can with what to do."""


class Objected(ConfigurationError):
    """It can't be done as things are set, or as it was asked. Nothing changed."""

    def __init__(self, why: Objection, **values: object) -> None:
        super().__init__(_english(why, values))
        self.why = why
        self.values: Mapping[str, object] = values


class Forbidden(NotAllowed):
    """Whoever asks may not do it, for another reason than their roles. Nothing changed."""

    def __init__(self, why: Objection, **values: object) -> None:
        super().__init__(_english(why, values))
        self.why = why
        self.values: Mapping[str, object] = values


def _english(why: Objection, values: Mapping[str, object]) -> str:
    plain = {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}
    return ENGLISH[why].format_map(plain)
