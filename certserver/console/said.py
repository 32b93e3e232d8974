"""What a page says after a form: a word with a text in every language, and whether something was done."""

from enum import Enum


class Said(Enum):
    """What came of it. The text is `said.<value>`."""

    APPLICATION_APPROVE = "application-approve"
    APPLICATION_DISPOSE = "application-dispose"
    APPLICATION_EXPIRE = "application-expire"
    APPLICATION_HANDED_OVER = "application-handed-over"
    APPLICATION_MAIL_OUT = "application-mail-out"
    APPLICATION_NOTIFY = "application-notify"
    APPLICATION_REJECT = "application-reject"
    APPLICATION_RETURN = "application-return"
    APPLICATION_SET_UP = "application-set-up"
    APPLICATION_TAKE = "application-take"
    APPLICATION_WITHDRAW = "application-withdraw"
    ASKED = "asked"
    DRAFT_APPROVED = "draft-approved"
    DRAFT_DECLINED = "draft-declined"
    DRAFT_DROPPED = "draft-dropped"
    DRAFT_KEPT = "draft-kept"
    DRAFT_PROPOSED = "draft-proposed"
    ENROLMENT_APPROVED = "enrolment-approved"
    ENROLMENT_DECLINED = "enrolment-declined"
    ENROLMENT_WITHDRAWN = "enrolment-withdrawn"
    ENTERED = "entered"
    IMPORT_BEGUN = "import-begun"
    KEPT_CHANGED_SINCE = "kept-changed-since"
    KEPT_CONFLICT = "kept-conflict"
    KEPT_NOTHING = "kept-nothing"
    KEPT_PAST = "kept-past"
    KEPT_UNREAD = "kept-unread"
    NOTHING_DONE = "nothing-done"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_DROPPED = "passkey-dropped"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a word
    PROPOSAL_APPROVED = "proposal-approved"
    PROPOSAL_DECLINED = "proposal-declined"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    PROVE_AGAIN = "prove-again"
    SEAL_CANCELLED = "seal-cancelled"
    SEAL_REVIVED = "seal-revived"
    SESSIONS_ENDED = "sessions-ended"
    SESSIONS_OF_ANOTHER_ENDED = "sessions-of-another-ended"
    DEBT_PAID = "debt-paid"
    SHEET_MARKED = "sheet-marked"
    SIGNED_OUT = "signed-out"
    SNAPSHOT_RESTORED = "snapshot-restored"
    TERMINALS_BUILD = "terminals-build"
    TERMINAL_LOG = "terminal-log"
    TERMINAL_REVOKED = "terminal-revoked"
    TERMINAL_SERVES = "terminal-serves"
    TERMINAL_STOPPED = "terminal-stopped"
    WITHHOLDING_LIFTED = "withholding-lifted"
    WITHHOLDING_SET = "withholding-set"
    WITHHOLDING_STAYS = "withholding-stays"

    @property
    def done(self) -> bool:
        """Whether it is a success; else nothing was done."""
        return self not in _NOTHING_DONE


_NOTHING_DONE = frozenset(
    {
        Said.KEPT_CHANGED_SINCE,
        Said.KEPT_CONFLICT,
        Said.KEPT_NOTHING,
        Said.KEPT_PAST,
        Said.KEPT_UNREAD,
        Said.NOTHING_DONE,
        Said.PROVE_AGAIN,
    }
)
