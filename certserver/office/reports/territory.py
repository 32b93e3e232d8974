"""Where a municipality lies and what it is, by its code alone: the first two digits are the prefecture, the third says
whether it is a designated city or special ward, another city, or a town or village. Pure."""

from enum import Enum

PREFECTURES = tuple(f"{number:02d}" for number in range(1, 48))
_TOKYO = "13"


class MunicipalityClass(Enum):
    """団体区分, in the order of the ministry's table."""

    DESIGNATED_CITY = "designated-city"
    CITY = "city"
    """特別区・市（指定都市を除く）"""
    TOWN = "town"
    """町村"""


def prefecture_of(code: str) -> str:
    """Two digits."""
    return code[:2]


def class_of(code: str) -> MunicipalityClass:
    """What the municipality of a 6-digit code is."""
    if code[2] == "1":
        # Of Tokyo they are the special wards; everywhere else a designated city, or a ward of one.
        return MunicipalityClass.CITY if prefecture_of(code) == _TOKYO else MunicipalityClass.DESIGNATED_CITY
    return MunicipalityClass.CITY if code[2] == "2" else MunicipalityClass.TOWN
