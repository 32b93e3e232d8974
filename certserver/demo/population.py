"""Makes the fictional municipality's population: the hard cases at their fixed ids, and ordinary households by chance
around them. The same seed gives the same people."""

from certserver.demo.chance import Dice, RandomSource
from certserver.demo.family import Family
from certserver.demo.hard_cases import hard_cases
from certserver.demo.names import FOREIGN_NAMES
from certserver.demo.people import MUNICIPALITY, DemoHousehold, Population
from certserver.registers.model import Sex

SIZE = 2_000
"""Residents, hard cases included."""

_KINDS = ("single",) * 8 + ("couple",) * 5 + ("parents",) * 5 + ("one parent",) * 2 + ("three generations",)
_OTHER = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}
_SPOUSE = {Sex.MALE: "夫", Sex.FEMALE: "妻"}
_PARENT = {Sex.MALE: "父", Sex.FEMALE: "母"}


def generate(source: RandomSource, size: int = SIZE) -> Population:
    """A population of exactly `size` residents. Raises `ValueError` when the hard cases alone are more."""
    dice = Dice(source)
    households = list(hard_cases())
    missing = size - sum(len(household.people) for household in households)
    if missing < 0:
        raise ValueError(f"the hard cases alone are more than {size} residents")
    while missing:
        household = _household(dice)
        if len(household.people) <= missing:
            households.append(household)
            missing -= len(household.people)
    return Population(MUNICIPALITY, tuple(households))


def _household(dice: Dice) -> DemoHousehold:
    if dice.chance(0.02):
        return _foreign_household(dice)
    family = Family(dice)
    kind = dice.pick(_KINDS)
    sex = Sex.MALE if dice.chance(0.7) else Sex.FEMALE
    if kind == "single":
        family.enter("世帯主", Sex.MALE if dice.chance(0.5) else Sex.FEMALE, dice.between(18, 93), seal=0.7)
        return family.done()
    age = dice.between(25, 88) if kind == "couple" else dice.between(28, 52)
    family.enter("世帯主", sex, age, seal=0.9)
    if kind != "one parent":
        family.enter(_SPOUSE[_OTHER[sex]], _OTHER[sex], max(20, age + dice.between(-6, 4)), seal=0.7)
    if kind != "couple":
        _enter_children(family, dice, age)
    if kind == "three generations":
        for parent in (Sex.MALE, Sex.FEMALE):
            if dice.chance(0.3 if parent is Sex.MALE else 0.8):
                family.enter(_PARENT[parent], parent, age + dice.between(21, 34), seal=0.5)
    return family.done()


def _enter_children(family: Family, dice: Dice, parent_age: int) -> None:
    """One to three children, the oldest first."""
    youngest_parent = 20
    ages = sorted((dice.below(parent_age - youngest_parent) for _ in range(dice.between(1, 3))), reverse=True)
    for age in ages:
        sex = Sex.MALE if dice.chance(0.5) else Sex.FEMALE
        family.enter("子", sex, age, seal=0.1)


def _foreign_household(dice: Dice) -> DemoHousehold:
    sex = Sex.MALE if dice.chance(0.5) else Sex.FEMALE
    family = Family(dice)
    family.enter_foreigner(dice.pick(FOREIGN_NAMES[sex]), sex, dice.between(19, 48))
    return family.done()
