"""Tax entries of one resident and fiscal year as one snapshot holds them. Amounts are whole yen."""

from dataclasses import dataclass

from certserver.registers.model import RegisterDate


@dataclass(frozen=True, slots=True, repr=False)
class Amount:
    """One row of a tax certificate: its label (「給与収入」) and yen."""

    label: str
    yen: int

    def __repr__(self) -> str:
        return "<Amount>"


@dataclass(frozen=True, slots=True, repr=False)
class Dependants:
    """How many dependants of a kind (「特定」, 「老人」, 「16歳未満」)."""

    label: str
    count: int

    def __repr__(self) -> str:
        return "<Dependants>"


@dataclass(frozen=True, slots=True, repr=False)
class TaxPayment:
    """One tax of the year as paid: `due`, `paid` and `unpaid` in yen; `unpaid` holds what is not overdue yet too."""

    label: str
    """税目: 市民税・県民税, 固定資産税 …"""
    due: int
    paid: int
    unpaid: int
    note: str = ""

    def __repr__(self) -> str:
        return "<TaxPayment>"


@dataclass(frozen=True, slots=True, repr=False)
class TaxRecord:
    """A resident's municipal tax of fiscal year `year` (「令和8年度」 is 2026, on the income of 2025). Name and address
    are the tax register's own: they may lawfully differ from the resident register's. `declared` False: 未申告."""

    year: int
    name: str
    address_on_january_1: str
    """賦課期日の住所"""
    resident_on_january_1: bool
    declared: bool
    incomes: tuple[Amount, ...]
    total_income: int
    """合計所得金額"""
    total_income_and_others: int
    """総所得金額等"""
    deductions: tuple[Amount, ...]
    dependants: tuple[Dependants, ...]
    taxable: int
    """課税標準額"""
    taxes: tuple[Amount, ...]
    """市民税 所得割, 市民税 均等割, 県民税 所得割, 県民税 均等割, 森林環境税"""
    payments: tuple[TaxPayment, ...]
    paid_as_of: RegisterDate | None = None
    """Up to which day payments are entered."""

    @property
    def annual_tax(self) -> int:
        """年税額, in yen."""
        return sum(tax.yen for tax in self.taxes)

    @property
    def deducted(self) -> int:
        """所得控除 計, in yen."""
        return sum(deduction.yen for deduction in self.deductions)

    def __repr__(self) -> str:
        return f"<TaxRecord {self.year}>"
