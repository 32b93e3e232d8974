"""Addresses for the fictional population. 見本市 (specimen city), 例示市 (example city) and 仮名市 (alias city) do not
exist."""

from certserver.demo.chance import Dice

CITY = "見本県見本市"
NEIGHBOURS = ("見本県例示市", "見本県仮名市", "例示県架空市")

_TOWNS = (("本町", 5), ("見本町", 4), ("栄町", 5), ("緑町", 3), ("港町", 2), ("若葉台", 4), ("大手町", 2), ("花園", 3))
_BUILDINGS = ("見本ハイツ", "コーポ見本", "メゾン若葉", "第二例示荘", "グリーンハイム見本", "見本駅前マンション")
_NUMERALS = "一二三四五"


def address(dice: Dice, *, flat: bool) -> str:
    """An address in the city, as a register writes it; with a building and a flat's number if `flat`."""
    plain = f"{CITY}{_block(dice)}{1 + dice.below(28)}番{1 + dice.below(19)}号"
    if not flat:
        return plain
    return f"{plain}　{dice.pick(_BUILDINGS)}{1 + dice.below(6)}{1 + dice.below(12):02d}号"


def address_elsewhere(dice: Dice) -> str:
    """An address in another city."""
    return f"{dice.pick(NEIGHBOURS)}{_block(dice)}{1 + dice.below(28)}番{1 + dice.below(19)}号"


def domicile(dice: Dice) -> str:
    """A registered domicile: mostly here, sometimes in another city."""
    city = CITY if dice.chance(0.7) else dice.pick(NEIGHBOURS)
    return f"{city}{_block(dice)}{1 + dice.below(40)}番地{1 + dice.below(9)}"


def _block(dice: Dice) -> str:
    town, blocks = dice.pick(_TOWNS)
    return f"{town}{_NUMERALS[dice.below(blocks)]}丁目"
