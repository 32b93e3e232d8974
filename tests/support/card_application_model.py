"""What card applications ought to do, written down a second time: from the tables of the page on card applications,
not from the product's rows. A word for each outcome, as the wire tells it."""

from dataclasses import dataclass, field

COUNTERS = "helper clerk officer"
WAITS = ("draft", "identity-checked", "captured", "returned", "maker-defect")
ENDS = ("delivered", "withdrawn", "rejected", "invalidated", "disposed")
COMES_BACK = "photo form identity evidence signature pin-form"
RECORD = "moved-out died name-changed address-changed"

TABLE = {
    # from, event: by whom, to, reasons, what must hold
    ("draft", "check-identity"): ("clerk officer", "identity-checked", "", "here shown"),
    ("draft", "capture"): (COUNTERS, "captured", "", "here counter complete"),
    ("identity-checked", "capture"): ("clerk officer", "captured", "", "here checked complete"),
    ("captured", "send"): (COUNTERS, "sent-to-municipality", "", "here complete"),
    ("sent-to-municipality", "take"): ("officer", "under-review", "", "home other"),
    ("under-review", "return"): (
        "officer",
        "returned",
        COMES_BACK,
        "home other",
    ),
    ("under-review", "reject"): ("officer", "rejected", "identity no-intent not-entitled", "home other"),
    ("under-review", "approve"): ("officer", "approved", "", "home other mailable"),
    ("returned", "capture"): (COUNTERS, "captured", "", "here complete"),
    ("returned", "check-identity"): ("clerk officer", "identity-checked", "", "here shown"),
    ("approved", "order-card"): ("server", "sent-to-maker", "", "form-id"),
    ("sent-to-maker", "report-defect"): ("card-maker", "maker-defect", "photo form other", ""),
    ("sent-to-maker", "accept"): ("card-maker", "manufacturing", "", ""),
    ("maker-defect", "capture"): (COUNTERS, "captured", "", "either complete"),
    ("manufacturing", "ship-to-municipality"): ("card-maker", "card-at-municipality", "", ""),
    ("manufacturing", "set-up"): ("card-maker", "set-up-at-maker", "", "never"),
    ("card-at-municipality", "set-up"): ("officer", "set-up", "", "home pin"),
    ("set-up", "mail-out"): ("officer", "mailed", "", "home mail checked activated"),
    ("set-up", "notify"): ("officer", "notice-sent", "", "home counter"),
    ("set-up-at-maker", "mail-out"): ("card-maker", "mailed", "", "never"),
    ("mailed", "announce"): ("mail", "arrival-notice", "", ""),
    ("mailed", "deliver"): ("mail", "delivered", "", "never"),
    ("mailed", "bring-back"): ("mail", "returned-to-sender", "", ""),
    ("arrival-notice", "deliver"): ("mail", "delivered", "", ""),
    ("arrival-notice", "bring-back"): ("mail", "returned-to-sender", "", ""),
    ("returned-to-sender", "notify"): ("officer", "notice-sent", "", "home"),
    ("notice-sent", "reserve"): ("officer", "reserved", "", "home"),
    ("notice-sent", "expire"): ("officer", "expired-hold", "", "home"),
    ("reserved", "deliver"): ("officer", "delivered", "", "home taker activated"),
    ("reserved", "miss"): ("officer", "notice-sent", "", "home"),
    ("expired-hold", "dispose"): ("officer", "disposed", "not-collected", "home"),
    **{(state, "withdraw"): (COUNTERS, "withdrawn", "applicant-asked no-intent", "either") for state in WAITS},
    **{(state, "lapse"): ("server", "withdrawn", "", "") for state in WAITS},
}
"""`never`: what no application of the machine is, express or by registered mail."""

GONE = {
    "photo": ("photo",),
    "form": ("form",),
    "signature": ("form",),
    "pin-form": ("pin",),
    "identity": ("shown", "checked"),
    "evidence": ("shown", "checked"),
}
"""What is missing again when it came back for a reason."""


@dataclass(frozen=True)
class Person:
    """Somebody who acts: mark, role, and for which municipality."""

    mark: str
    role: str
    municipality: str | None = None


@dataclass
class Case:
    """An application as the model has it; `has` are the things that are there."""

    application: str
    resident: str
    home: str
    took_in: str
    route: str
    state: str = "draft"
    version: int = 1
    has: set[str] = field(default_factory=set)
    took_part: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDS

    def concerns(self, who: Person) -> bool:
        if who.role == "officer":
            return who.municipality in (self.home, self.took_in)
        return who.municipality in (None, self.took_in)

    def judge(self, who: Person, event: str, reason: str, seen: int) -> str:
        """The state that it comes to, or the word of a refusal."""
        if not self.concerns(who):
            return "unknown-application"
        if seen != self.version:
            return "moved-meanwhile"
        if not self.is_open:
            return "ended"
        if event == "invalidate":
            if who.role != "resident-record":
                return "other-role"
            return "invalidated" if reason in RECORD.split() else "no-reason"
        if (self.state, event) not in TABLE:
            return "no-such-move"
        roles, after, reasons, needs = TABLE[self.state, event]
        if who.role not in roles.split():
            return "other-role"
        if (reason not in reasons.split()) if reasons else bool(reason):
            return "no-reason"
        return after if all(self._holds(need, who) for need in needs.split()) else "need"

    def made(self, who: Person, event: str, reason: str, after: str) -> None:
        """Takes a step as made."""
        self.state = after
        self.version += 1
        if who.role in ("clerk", "helper"):
            self.took_part.add(who.mark)
        if after == "identity-checked":
            self.has.add("checked")
        if event in ("return", "report-defect"):
            self.has -= set(GONE.get(reason, ()))

    def fills(self, who: Person) -> bool:
        """Whether somebody may tell form and photo now."""
        if who.role not in COUNTERS.split() or self.state not in WAITS or not self.concerns(who):
            return False
        if self.state == "maker-defect" and who.role == "officer":
            return who.municipality in (self.home, self.took_in)
        return who.municipality == self.took_in

    def filled(self, who: Person) -> None:
        """A photo was attached, then everything told that this role may tell: two steps."""
        self.version += 2
        self.has |= {"form", "photo", "pin"}
        if who.role != "helper":
            self.has.add("shown")
        if who.role in ("clerk", "helper"):
            self.took_part.add(who.mark)

    def _holds(self, need: str, who: Person) -> bool:
        match need:
            case "here":
                return who.municipality == self.took_in
            case "home":
                return who.municipality == self.home
            case "either":
                return who.municipality in (self.home, self.took_in)
            case "other":
                return who.mark not in self.took_part
            case "mail" | "counter":
                return self.route == need
            case "mailable":
                return self.route == "counter" or "checked" in self.has
            case "pin":
                return self.route == "counter" or "pin" in self.has
            case "complete":
                return {"form", "photo"} <= self.has and self._holds("pin", who) and self._holds("mailable", who)
            case "never":
                return False
            case _:
                return need in self.has
