"""Assessed damage of a household's dwelling (罹災) as one snapshot holds it."""

from dataclasses import dataclass
from enum import Enum

from certserver.registers.model import RegisterDate


class DamageDegree(Enum):
    """Six degrees of damage to a dwelling, worst first (災害対策基本法 90 条の 2; the unified form of 2020)."""

    DESTROYED = "destroyed"
    """全壊"""
    LARGE_HALF = "large-half"
    """大規模半壊"""
    MEDIUM_HALF = "medium-half"
    """中規模半壊"""
    HALF = "half"
    """半壊"""
    NEAR_HALF = "near-half"
    """準半壊"""
    PARTIAL = "partial"
    """準半壊に至らない（一部損壊）"""


@dataclass(frozen=True, slots=True, repr=False)
class AffectedPerson:
    """A member of the household at the time of the damage."""

    name: str
    relationship: str
    age: int | None

    def __repr__(self) -> str:
        return "<AffectedPerson>"


@dataclass(frozen=True, slots=True, repr=False)
class DamageRecord:
    """One assessment. `damage_id` is the register's own key, never printed. `disaster` names it for whoever chooses
    (「令和8年6月豪雨」); `cause` is printed with its day: 「令和 年 月 日の〇〇による」."""

    damage_id: str
    disaster: str
    disaster_en: str
    householder: str
    householder_address: str
    people: tuple[AffectedPerson, ...]
    cause: str
    cause_day: RegisterDate
    place: str
    """被災住家の所在地"""
    dwelling: str
    """住家の種別: 持家, 借家 …; empty when not held."""
    degree: DamageDegree
    additional: tuple[tuple[str, str], ...] = ()
    """追加記載事項, at most two: label and text."""

    def __repr__(self) -> str:
        return "<DamageRecord>"
