"""Fictional tax entries: an employee, a pensioner without tax, losses, more rows than a page holds, nothing at all."""

from dataclasses import replace
from datetime import date

from certserver.demo.hard_cases import hard_cases
from certserver.registers.extracts import TaxExtract
from certserver.registers.model import RegisterDate
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord
from certserver.stages import EligibleLine
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Scope

_AS_OF = RegisterDate(date(2026, 9, 30))
_RESIDENT_TAX = "市民税・県民税（普通徴収）"

USUAL = TaxRecord(
    year=2026,
    name="辻\U000e0102　健吾",
    address_on_january_1="見本県見本市見本町一丁目2番3号",
    resident_on_january_1=True,
    declared=True,
    incomes=(
        Amount("給与収入", 6_482_300),
        Amount("給与所得", 4_745_840),
        Amount("配当所得", 31_200),
        Amount("雑所得（その他）", 84_000),
    ),
    total_income=4_861_040,
    total_income_and_others=4_861_040,
    deductions=(
        Amount("社会保険料控除", 934_512),
        Amount("生命保険料控除", 70_000),
        Amount("地震保険料控除", 12_500),
        Amount("医療費控除", 48_310),
        Amount("配偶者控除", 330_000),
        Amount("扶養控除", 380_000),
        Amount("基礎控除", 430_000),
    ),
    dependants=(
        Dependants("一般", 0),
        Dependants("特定", 0),
        Dependants("老人（うち同居）", 1),
        Dependants("16歳未満", 1),
        Dependants("障害者", 0),
    ),
    taxable=2_655_000,
    taxes=(
        Amount("市民税　所得割", 156_800),
        Amount("市民税　均等割", 3_000),
        Amount("県民税　所得割", 104_500),
        Amount("県民税　均等割", 1_000),
        Amount("森林環境税", 1_000),
    ),
    payments=(
        TaxPayment(_RESIDENT_TAX, 266_300, 133_300, 133_000),
        TaxPayment("固定資産税・都市計画税", 118_400, 59_200, 59_200, "第3期・第4期の納期限前"),
        TaxPayment("軽自動車税（種別割）", 10_800, 10_800, 0),
        TaxPayment("国民健康保険税", 0, 0, 0),
    ),
    paid_as_of=_AS_OF,
)
UNTAXED = replace(
    USUAL,
    incomes=(Amount("公的年金等収入", 1_480_000), Amount("雑所得（公的年金等）", 380_000)),
    total_income=380_000,
    total_income_and_others=380_000,
    deductions=(Amount("社会保険料控除", 72_600), Amount("基礎控除", 430_000)),
    dependants=(),
    taxable=0,
    taxes=tuple(replace(tax, yen=0) for tax in USUAL.taxes),
    payments=(TaxPayment("市民税・県民税", 0, 0, 0),),
)
LOSSES = replace(
    USUAL,
    incomes=(
        Amount("営業等所得", -1_284_560),
        Amount("不動産所得", -340_000),
        Amount("給与所得", 0),
        Amount("先物取引に係る雑所得等（分離課税）", -12_345_678),
    ),
    total_income=-1_624_560,
    total_income_and_others=-13_970_238,
    taxable=0,
    taxes=tuple(replace(tax, yen=0) for tax in USUAL.taxes),
)
NOTHING = replace(
    USUAL,
    incomes=(),
    total_income=0,
    total_income_and_others=0,
    deductions=(),
    dependants=(),
    taxable=0,
    taxes=(),
    payments=(),
    paid_as_of=None,
)
MANY_ROWS = replace(
    USUAL,
    incomes=(
        *USUAL.incomes,
        *(Amount(f"一時所得（第{at}号）", 100_000 * at + at) for at in range(1, 28)),
        Amount("上場株式等に係る配当所得等の金額（申告分離課税を選択したもの、繰越控除後）", 9_999_999_999),
    ),
    deductions=(
        *USUAL.deductions,
        *(Amount(f"寄附金控除　見本基金第{at}号", 2_000 * at) for at in range(1, 20)),
    ),
    dependants=(*USUAL.dependants, *(Dependants(f"障害者（第{at}類）", at % 3) for at in range(1, 9))),
    payments=(
        *USUAL.payments,
        *(
            TaxPayment(f"固定資産税　見本町一丁目{at}番地　共有者外{at}名", 12_000 * at, 4_000 * at, 8_000 * at)
            for at in range(1, 24)
        ),
        TaxPayment(
            "法人市民税（代表者としての第二次納税義務分、令和7年4月1日から令和8年3月31日までの事業年度分）",
            9_876_543_210,
            1_234_567_890,
            8_641_975_320,
            "納税の猶予（令和9年3月31日まで）を許可したもの。延滞金を除く。",
        ),
    ),
)


def tax_line(kind: CertificateKind, record: TaxRecord = USUAL, resident_id: str = "tsuji-kengo") -> EligibleLine:
    """An eligible line about a tax entry under the name of a resident of the demonstration. Raises `StopIteration`."""
    household, resident = next(
        (house.household, person.resident)
        for house in hard_cases()
        for person in house.people
        if person.resident.resident_id == resident_id
    )
    extract = TaxExtract(household.address, resident, replace(record, name=resident.name))
    return EligibleLine(OrderLine(kind, Scope.SELF, matter=str(record.year)), extract)
