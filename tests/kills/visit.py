"""One visit with one strike in it, until the terminal serves the next person. Waits for what happens, never for time,
but where the time itself is the instant."""

import queue
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from hardware.sensors.model import Place
from tests.kills.moments import At
from tests.kills.office import Office
from tests.kills.person import Person, Seen
from tests.kills.plans import KILLS, Instant, Victim

LOOK_S = 0.05
AGAIN_S = 4.0
"""So long after a deed that changed nothing it is tried again."""
STAFF_AFTER_S = 1.0
PATIENCE_S = 45.0
"""Nobody stays longer."""
SERVES_WITHIN_S = 150.0
COUNT_AFTER_S = 6.0
"""Closed for its money for so long, the terminal is opened by staff, who count."""


class OutOfOrder(Exception):
    """The terminal serves nobody any more. Says what it shows."""


@dataclass
class Story:
    """What was seen from outside, in order; `after` are the screens of lives that began after a strike, and
    `jobs_after` what the printer was sent then. Seconds count from when the person came."""

    screens: list[tuple[float, int, str]] = field(default_factory=list)
    scenes: list[str] = field(default_factory=list)
    """How many lives came before, and the scene, where that changed."""
    struck_at: float | None = None
    began: float = 0.0
    """By the machine's monotonic clock."""
    after: list[str] = field(default_factory=list)
    jobs_after: int = 0
    counted: list[str] = field(default_factory=list)
    ended_alone: list[str] = field(default_factory=list)
    took_s: float = 0.0


class Visit:
    """`begin_life` is the terminal's life at its beginning."""

    def __init__(self, office: Office, instant: Instant, counts: dict[str, int]) -> None:
        self.office = office
        self.instant = instant
        self.story = Story()
        self._counts = counts
        self._person = Person(office, instant)
        self._began = time.monotonic()
        self._seen: Seen | None = office.shows
        self._acted_at: float | None = None
        self._left_at: float | None = None
        self._closed_at: float | None = None
        self._heals_at: float | None = None
        self._kill_at: float | None = None
        self._life = office.terminal.lives
        self._struck = False
        self._missed: OSError | None = None
        self._strike_at: float | None = None
        self._expected: set[str] = set()
        self._jobs_before: int | None = None
        self._harmed = 0

    def _opens(self) -> None:
        """Nobody comes to a terminal that is just being started, or looks at its devices."""
        office, until = self.office, time.monotonic() + SERVES_WITHIN_S
        while office.shows is None or office.shows["scene"] != "Start":
            office.tend()
            if time.monotonic() > until:
                raise OutOfOrder(f"before anybody came: {office.shows}")
            with suppress(queue.Empty):
                _, office.shows = office.terminal.told.get(timeout=LOOK_S)

    @property
    def _now(self) -> float:
        return time.monotonic() - self._began

    def play(self) -> Story:
        """Until the terminal serves again. Raises `OutOfOrder`."""
        office, instant = self.office, self.instant
        self._opens()
        self._seen, self._life, self._began = office.shows, office.terminal.lives, time.monotonic()
        self.story.began, self._harmed = self._began, office.proxy.harmed
        self._person.arrive()
        self._arm()
        while True:
            with suppress(queue.Empty):
                self._hear(*office.terminal.told.get(timeout=LOOK_S))
            if self._missed is not None:
                raise self._missed
            self._meanwhile()
            if self._over():
                break
            if self._now > SERVES_WITHIN_S:
                raise OutOfOrder(f"after {SERVES_WITHIN_S:.0f} s: {self._seen}")
        office.moments.disarm()
        self.story.took_s = self._now
        if self._jobs_before is not None:
            self.story.jobs_after = office.printer.jobs - self._jobs_before
        idle = instant.victim is Victim.LINE and office.proxy.harmed == self._harmed
        if instant.number < 0 or idle:
            # Nothing went over the line meanwhile.
            self.story.struck_at = None
        return self.story

    def _arm(self) -> None:
        office, instant = self.office, self.instant
        office.moments.begin()
        if instant.number < 0:
            return
        number = 1 + int(instant.share * self._counts[instant.at.value])
        if instant.at is At.TIME:
            self._strike_at = number / 1000
        else:
            office.moments.arm(instant.at, number, self._strike)

    # The strike, in whatever thread its moment comes

    def _strike(self) -> None:
        self.story.struck_at = self._now
        try:
            if not self._hit():
                self.story.struck_at = None
        except OSError as error:
            self._missed = error

    def _hit(self) -> bool:
        """Whether there was anything to hit."""
        instant = self.instant
        hit = self._kill() if instant.victim in KILLS else self._break()
        if instant.victim not in KILLS:
            self._heals_at = self._now + instant.lasts_s
            self._kill_at = self._now + instant.lasts_s / 2 if instant.killed_too else None
        self._struck = hit
        return hit

    def _kill(self) -> bool:
        office, instant = self.office, self.instant
        match instant.victim:
            case Victim.TERMINAL:
                self._expected.add("terminal")
                office.terminal.kill()
            case Victim.WORKER:
                return office.server.kill_worker(instant.which)
            case Victim.SERVER:
                office.server.kill()
            case Victim.CARD_DAEMON:
                office.daemon.kill()
            case _:
                office.printer.kill()
        return True

    def _break(self) -> bool:
        office, instant = self.office, self.instant
        match instant.victim:
            case Victim.TERMINAL_DISK_FULL:
                office.disks["kiosk"].fill()
            case Victim.TERMINAL_DISK_BROKEN:
                office.disks["kiosk"].break_()
            case Victim.SERVER_DISK_FULL:
                office.disks["server"].fill()
            case Victim.SERVER_DISK_BROKEN:
                office.disks["server"].break_()
            case Victim.DATABASE:
                assert office.cluster is not None
                office.cluster.kill()
            case _:
                office.proxy.trouble(instant.trouble)
        return True

    def _heal(self) -> None:
        office = self.office
        self._heals_at = None
        match self.instant.victim:
            case Victim.TERMINAL_DISK_FULL:
                office.disks["kiosk"].free()
            case Victim.SERVER_DISK_FULL:
                office.disks["server"].free()
            case Victim.TERMINAL_DISK_BROKEN:
                self._expected.add("terminal")
                office.terminal.kill()
                office.disks["kiosk"].mend()
                office.watch_files()
            case Victim.SERVER_DISK_BROKEN:
                office.server.kill()
                office.disks["server"].mend()
                office.watch_files()
            case Victim.DATABASE:
                assert office.cluster is not None
                office.cluster.start()
            case _:
                office.proxy.calm()

    # What happens while time passes

    def _meanwhile(self) -> None:
        office, instant = self.office, self.instant
        office.passes()
        if self._strike_at is not None and self._now >= self._strike_at:
            self._strike_at = None
            self._strike()
        if self._kill_at is not None and self._now >= self._kill_at:
            self._kill_at = None
            self._expected.add("terminal")
            office.terminal.kill()
        if self._heals_at is not None and self._now >= self._heals_at and self._kill_at is None:
            self._heal()
        self._tend()
        person = self._person
        if self._struck:
            self._struck = False
            person.served = True
            if not instant.stays:
                person.leave()
        if person.here and self._now > PATIENCE_S:
            person.leave()
        if person.here:
            self._act(person.act)
        else:
            self._staff()

    def _tend(self) -> None:
        office = self.office
        if not office.terminal.alive:
            if "terminal" not in self._expected and self._heals_at is None:
                self.story.ended_alone.append(f"terminal: {office.terminal.status}")
            self._expected.discard("terminal")
            self._seen = office.shows = None
            self._jobs_before = office.printer.jobs
        office.tend()

    def _hear(self, life: int, told: Seen) -> None:
        if life != self.office.terminal.lives:
            return
        if "missed" in told:
            return
        self.story.screens.append((round(self._now, 2), life, _words(told)))
        scene = f"{life - self._life}:{told['scene']}"
        if self.story.scenes[-1:] != [scene]:
            self.story.scenes.append(scene)
        if life != self._life:
            self.story.after.append(str(told["scene"]))
        if told != self._seen:
            self._seen = self.office.shows = told
            self._acted_at = None

    def _act(self, act: Callable[[Seen], None]) -> None:
        if self._seen is None or (self._acted_at is not None and self._now < self._acted_at + AGAIN_S):
            return
        self._acted_at = self._now
        act(self._seen)

    def _staff(self) -> None:
        """Somebody sees to what was left, once nobody comes back for it."""
        if self._left_at is None:
            self._left_at = self._now
        if self._now < self._left_at + STAFF_AFTER_S or self._seen is None:
            return
        scene = self._seen["scene"]
        if scene in ("Closed", "TakeBelongings", "TakeSheets", "Start", "Fault", "Declined"):
            self.office.take_everything()
        shut_for_money = scene == "Closed" and "cash" in str(self._seen["reasons"])
        if shut_for_money and self._heals_at is None and self.office.money_rests:
            if self._closed_at is None:
                self._closed_at = self._now
            if self._now > self._closed_at + COUNT_AFTER_S and not self.story.counted:
                self._expected.add("terminal")
                self.story.counted = self.office.count()
        else:
            self._closed_at = None

    def _over(self) -> bool:
        office, seen = self.office, self._seen
        if self._person.here or seen is None or seen["scene"] != "Start" or seen["overlay"] != "NoneType":
            return False
        if self._strike_at is not None or self._heals_at is not None or self._kill_at is not None:
            return False
        if office.on_reader or any(office.around.lying(place) for place in Place):
            return False
        if not (office.printer.idle and office.money_rests):
            return False
        saved = office.journal()
        return saved.visit is None and not saved.reports and not any(note.untold for note in saved.notes)


def _words(told: Seen) -> str:
    shown = {key: value for key, value in told.items() if value not in (None, "NoneType", "", [], 0)}
    return " ".join(f"{key}={value}" for key, value in shown.items())
