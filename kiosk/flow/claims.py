"""What somebody who applies for an enrolment (利用登録申請) is asked, and what they typed so far."""

from dataclasses import dataclass
from enum import Enum


class EnrolmentField(Enum):
    """What somebody is asked who applies for an enrolment (利用登録申請)."""

    DOMICILE = "domicile"
    """本籍"""
    HEAD = "head"
    """筆頭者, in kana"""
    NAME = "name"
    """Their own name, in kana."""
    BORN = "born"
    PHONE = "phone"
    FORMER = "former"
    """The number of an enrolment with a former X.509, if there was one."""


ENROLMENT_FIELDS = tuple(EnrolmentField)
"""In the order they are asked."""


@dataclass(frozen=True, slots=True, repr=False)
class Claims:
    """What somebody who applies typed so far, by field."""

    typed: tuple[tuple[EnrolmentField, str], ...] = ()

    def of(self, field: EnrolmentField) -> str:
        """What was typed there; empty before."""
        return dict(self.typed).get(field, "")

    def having(self, field: EnrolmentField, text: str) -> "Claims":
        """With this typed there."""
        return Claims((*(each for each in self.typed if each[0] is not field), (field, text)))

    def __repr__(self) -> str:
        return "<Claims>"
