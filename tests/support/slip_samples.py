"""One slip of each kind, fictional, as the kiosk would fill it in."""

from dataclasses import replace

from printers.slips.build import debt, fault, guidance, receipt
from printers.slips.content import Claim, Debt, Fault, Guidance, Office, Receipt, ReceiptLine, Terminal
from printers.slips.model import Slip
from printers.slips.words import Language

MIHON = Terminal("見本県見本市", "見本中央郵便局", "K-01", "099-000-0100")
MIHON_EN = Terminal("Mihon City", "Mihon Central Post Office", "K-01", "099-000-0100")
MOMENT = "令和8年3月2日 10:15"

RECEIPT = Receipt(
    MIHON,
    "K01-000123",
    MOMENT,
    (ReceiptLine("住民票の写し", 2, 300), ReceiptLine("印鑑登録証明書", 1, 300)),
    paid=1000,
    change=100,
    document_numbers=("7K2M-9QXA-31TB-ZC4E", "0H6P-W8RD-55NV-K2JF", "QX01-7A2B-9MNP-4T6C"),
)
RECEIPT_EN = replace(
    RECEIPT,
    terminal=MIHON_EN,
    moment="2026-03-02 10:15",
    lines=(ReceiptLine("Certificate of residence", 2, 300), ReceiptLine("Seal registration certificate", 1, 300)),
    change=50,
    owed=50,
    reprint=1,
    language=Language.ENGLISH,
)
RECEIPT_RARE = replace(
    RECEIPT, terminal=Terminal("見本県葛\U000e0100市", "\U00020bb7野郵便局", "K-01", "099-000-0100"), reprint=2
)
RECEIPT_CASHLESS = replace(RECEIPT, cashless=True)
GUIDANCE = Guidance(
    MIHON,
    MOMENT,
    "顔認証マイナンバーカードには暗証番号がないため、この端末では証明書を交付できません。",
    (Office("見本市役所 市民課 1番窓口", "平日 8:30～17:15", "099-000-0100", "見本駅から歩いて5分"),),
    ("マイナンバーカード", "手数料 1通300円"),
    link="https://www.city.mihon.example/shoumei",
)
GUIDANCE_EN = Guidance(
    MIHON_EN,
    "2026-03-02 10:15",
    "This is a My Number card with face authentication. It has no PIN, so this terminal cannot use it.",
    (Office("Mihon City Hall, Citizens' Division, counter 1", "Mon-Fri 8:30-17:15", "099-000-0100"),),
    ("Your My Number card", "The fee: 300 yen a copy"),
    language=Language.ENGLISH,
)
DEBT = Debt(MIHON, "D4K7-21PX", MOMENT, 12_300, Office("見本中央郵便局 窓口", "平日 9:00～17:00", "099-000-0200"))
DEBT_EN = replace(
    DEBT,
    terminal=MIHON_EN,
    moment="2026-03-02 10:15",
    language=Language.ENGLISH,
    office=Office("Post office counter", "Mon-Fri"),
)
DOUBT, DOUBT_EN = replace(DEBT, claim=Claim.PAID), replace(DEBT_EN, claim=Claim.PAID)
BACK, BACK_EN = replace(DEBT, claim=Claim.PAID_BACK), replace(DEBT_EN, claim=Claim.PAID_BACK)
RECEIPT_CASHLESS_OWED = replace(RECEIPT_CASHLESS, change=0, owed=100)
FAULT = Fault(
    MIHON,
    "F-20311",
    MOMENT,
    "印刷の途中で紙がつまりました。証明書はお渡しできていません。",
    "お預りした600円は、すべてお返ししました。",
    "窓口の係員にこの紙をお見せください。",
)
FAULT_EN = Fault(
    MIHON_EN,
    "F-20311",
    "2026-03-02 10:15",
    "Paper jammed while your certificate was printed. You did not get it.",
    "All 600 yen you paid were returned.",
    "Please show this slip at the counter.",
    Language.ENGLISH,
)

SLIPS: dict[str, Slip] = {
    "receipt": receipt(RECEIPT),
    "receipt-en": receipt(RECEIPT_EN),
    "receipt-rare": receipt(RECEIPT_RARE),
    "receipt-cashless": receipt(RECEIPT_CASHLESS),
    "receipt-cashless-owed": receipt(RECEIPT_CASHLESS_OWED),
    "guidance": guidance(GUIDANCE),
    "guidance-en": guidance(GUIDANCE_EN),
    "debt": debt(DEBT),
    "debt-en": debt(DEBT_EN),
    "debt-doubtful": debt(DOUBT),
    "debt-doubtful-en": debt(DOUBT_EN),
    "debt-back": debt(BACK),
    "debt-back-en": debt(BACK_EN),
    "fault": fault(FAULT),
    "fault-en": fault(FAULT_EN),
}
