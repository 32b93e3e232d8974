"""One ordinary household of the fictional population in the making: names, dates and seals that go together."""

from dataclasses import dataclass
from datetime import date, timedelta

from certserver.demo.chance import Dice
from certserver.demo.names import SURNAMES, ForeignName, Name, given_names
from certserver.demo.people import DEMO_DAY, DemoHousehold, DemoPerson, DemoSeal
from certserver.demo.places import address, address_elsewhere, domicile
from certserver.registers.model import ForeignResident, Household, RegisterDate, Resident, Sex

SEAL_AGE = 18
"""From 15 on one may register a seal; hardly anybody does before this age."""

_PARENTS = ("父", "母")
_DIAMETERS = {Sex.MALE: (15.0, 13.5), Sex.FEMALE: (13.5, 15.0)}
_STATUSES = (("技術・人文知識・国際業務", "5年"), ("定住者", "3年"), ("留学", "2年3月"), ("特定技能", "1年"))


@dataclass(frozen=True, slots=True)
class _Move:
    """When somebody moved, and from where."""

    day: date
    address: str


@dataclass(frozen=True, slots=True)
class _Moves:
    """A person's dates and addresses as the register holds them."""

    resident_since: RegisterDate
    address_since: RegisterDate | None
    notified_on: RegisterDate
    previous_address: str | None
    moved_from: str | None


class Family:
    """Everybody of one surname at one address. People are entered in the register's order, the householder first."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._surname = dice.pick_early(SURNAMES)
        self._household_id = dice.key()
        self._domicile = domicile(dice)
        self._moved_in: _Move | None = None
        if dice.chance(0.6):
            self._moved_in = _Move(dice.day(date(1990, 4, 1), date(2024, 8, 31)), address_elsewhere(dice))
        self._moved_inside: _Move | None = None
        if dice.chance(0.4):
            since = self._moved_in.day if self._moved_in else date(2000, 4, 1)
            self._moved_inside = _Move(dice.day(since, date(2026, 8, 31)), address(dice, flat=dice.chance(0.4)))
        self._people: list[DemoPerson] = []
        self._given: set[str] = set()
        self._diameters: set[float] = set()

    def enter(self, relationship: str, sex: Sex, age: int, *, seal: float) -> None:
        """Adds somebody; an adult has a registered seal with that probability."""
        dice = self._dice
        born = _born(dice, age)
        given = self._new_given_name(sex, born.year)
        maiden = self._other_surname() if relationship == "妻" and dice.chance(0.06) else None
        name = f"{self._surname.written}　{given.written}"
        moves = self._moves(born)
        resident = Resident(
            resident_id=dice.key(),
            household_id=self._household_id,
            name=name,
            # Some readings are not notified yet.
            name_kana=f"{self._surname.kana}　{given.kana}" if dice.chance(0.97) else None,
            former_surname=maiden.written if maiden else None,
            former_surname_kana=maiden.kana if maiden else None,
            born=RegisterDate(born),
            sex=sex,
            relationship=relationship,
            domicile=self._domicile,
            koseki_head=self._koseki_head(relationship, name),
            resident_since=moves.resident_since,
            address_since=moves.address_since,
            notified_on=moves.notified_on,
            previous_address=moves.previous_address,
            moved_from=moves.moved_from,
        )
        wants_seal = dice.chance(seal) and age >= SEAL_AGE
        earliest = max(_birthday(born, SEAL_AGE), moves.resident_since.day or born)
        self._people.append(DemoPerson(resident, self._new_seal(sex, earliest) if wants_seal else None))

    def enter_foreigner(self, name: ForeignName, sex: Sex, age: int) -> None:
        """Adds a foreign resident as the householder. The register prints Western dates for them."""
        dice = self._dice
        born = _born(dice, age)
        since = dice.day(date(2016, 4, 1), date(2026, 8, 31))
        status, period = dice.pick(_STATUSES)
        number = f"{dice.below(10**8):08d}"
        resident = Resident(
            resident_id=dice.key(),
            household_id=self._household_id,
            name=name.written,
            name_kana=name.kana,
            former_surname=None,
            former_surname_kana=None,
            born=RegisterDate(born),
            sex=sex,
            relationship="世帯主",
            domicile=None,
            koseki_head=None,
            resident_since=RegisterDate(since),
            address_since=None,
            notified_on=RegisterDate(_notified(dice, since)),
            previous_address=address_elsewhere(dice),
            moved_from=None,
            foreign=ForeignResident(
                nationality=name.nationality,
                residence_status=status,
                period_of_stay=period,
                expires=RegisterDate(dice.day(date(2027, 1, 1), date(2029, 12, 31))),
                card_number=f"XX{number}XX",
                legal_category="中長期在留者",
            ),
        )
        self._people.append(DemoPerson(resident))

    def done(self) -> DemoHousehold:
        """The household."""
        where = address(self._dice, flat=self._dice.chance(0.4))
        head = self._people[0].resident.name
        return DemoHousehold(Household(self._household_id, where, head), tuple(self._people))

    def _koseki_head(self, relationship: str, name: str) -> str:
        """Nobody shares a koseki with their grown-up child's family (戸籍法 6): parents have one of their own."""
        own = [person.resident for person in self._people if person.resident.relationship in _PARENTS]
        if relationship in _PARENTS:
            return own[0].name if own else name
        return self._people[0].resident.name if self._people else name

    def _new_given_name(self, sex: Sex, born: int) -> Name:
        free = [name for name in given_names(sex, born) if name.written not in self._given]
        given = self._dice.pick(free)
        self._given.add(given.written)
        return given

    def _other_surname(self) -> Name:
        return self._dice.pick([name for name in SURNAMES if name != self._surname])

    def _new_seal(self, sex: Sex, earliest: date) -> DemoSeal | None:
        """The family's name in a size that nobody of the household has: two residents can't register one seal."""
        free = [diameter for diameter in _DIAMETERS[sex] if diameter not in self._diameters]
        if not free:
            return None
        self._diameters.add(free[0])
        return DemoSeal(self._surname.written, free[0], self._dice.day(earliest, DEMO_DAY))

    def _moves(self, born: date) -> _Moves:
        dice = self._dice
        moved_in, moved_inside = self._moved_in, self._moved_inside
        since, previous = born, None
        if moved_in and moved_in.day > born:
            since, previous = moved_in.day, moved_in.address
        if moved_inside and moved_inside.day > since:
            at_address, moved_from = RegisterDate(moved_inside.day), moved_inside.address
            notified = _notified(dice, moved_inside.day)
        else:
            at_address, moved_from = None, None
            notified = _notified(dice, since)
        return _Moves(RegisterDate(since), at_address, RegisterDate(notified), previous, moved_from)


def _born(dice: Dice, age: int) -> date:
    """A day on which somebody was born who is of that age now."""
    latest = _birthday(DEMO_DAY, -age)
    return latest - timedelta(days=dice.below(364))


def _birthday(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _notified(dice: Dice, moved: date) -> date:
    """Moves are notified within 14 days (住民基本台帳法 22, 23)."""
    return min(moved + timedelta(days=dice.below(14)), DEMO_DAY)
