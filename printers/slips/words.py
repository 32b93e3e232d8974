"""The fixed words of receipts and slips, in the languages they are printed in. Everything else on them is handed in."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words of one language. `{}` takes a value."""

    reprint: str
    reprint_nth: str
    receipt: str
    receipt_sentence: str
    collector: str
    moment: str
    receipt_number: str
    terminal: str
    copies: str
    total: str
    paid: str
    change: str
    means: str
    cash: str
    cashless: str
    charged: str
    paid_back: str
    owed: str
    owed_hint: str
    not_back: str
    not_back_hint: str
    document_numbers: str
    yen: str
    guidance: str
    reason: str
    where: str
    hours: str
    phone: str
    bring: str
    clerk: str
    debt: str
    debt_sentence: str
    debt_number: str
    debt_keep: str
    doubt: str
    doubt_sentence: str
    doubt_back: str
    doubt_back_sentence: str
    doubt_keep: str
    fault: str
    fault_number: str
    happened: str
    money: str
    to_do: str
    questions: str


JAPANESE = Words(
    reprint="再発行",
    reprint_nth="再発行（{}回目）",
    receipt="領　収　書",
    receipt_sentence="上記の金額を、{}の証明書交付手数料として領収しました。",
    collector="公金の取扱",
    moment="日時",
    receipt_number="領収番号",
    terminal="端末",
    copies="{} × {}通",
    total="合計",
    paid="お預り",
    change="おつり",
    means="お支払い方法",
    cash="現金",
    cashless="キャッシュレス",
    charged="お支払い",
    paid_back="お返し",
    owed="お渡しできていないおつり",
    owed_hint="別に出る「お返しするお金の控え」をお持ちください。",
    not_back="まだお返ししていない金額",
    not_back_hint="別に出る控えをお持ちください。",
    document_numbers="証明書の発行番号",
    yen="{:,}円",
    guidance="ご　案　内",
    reason="この端末でできない理由",
    where="お手続きの場所",
    hours="受付時間",
    phone="電話",
    bring="お持ちいただくもの",
    clerk="係員の方へ",
    debt="お返しする\nお金の控え",
    debt_sentence="機械の不具合により、次の金額をお返しできませんでした。この控えと引き換えにお返しします。",
    debt_number="控え番号",
    debt_keep="お金をお受け取りになるまで、この控えをなくさないようにしてください。",
    doubt="お支払いの\n確認の控え",
    doubt_sentence="次の金額が払われたか、確かめられませんでした。払われていたときは、同じ支払い方法に戻します。"
    "戻らないときは、この控えを下の窓口にお持ちください。",
    doubt_back="お返しの\n確認の控え",
    doubt_back_sentence="次の金額を同じ支払い方法に戻せたか、確かめられませんでした。戻っていないときは、わかりしだい戻します。"
    "戻らないときは、この控えを下の窓口にお持ちください。",
    doubt_keep="お金が戻ったことを確かめるまで、この控えをなくさないようにしてください。",
    fault="お　知　ら　せ",
    fault_number="受付番号",
    happened="起きたこと",
    money="お金について",
    to_do="次にしていただくこと",
    questions="お問い合わせ",
)

ENGLISH = Words(
    reprint="REPRINT",
    reprint_nth="REPRINT NO. {}",
    receipt="RECEIPT",
    receipt_sentence="Received the above amount as fee for certificates of {}.",
    collector="Public money taken by",
    moment="Date",
    receipt_number="Receipt no.",
    terminal="Terminal",
    copies="{} × {}",
    total="Total",
    paid="Paid",
    change="Change",
    means="Paid by",
    cash="Cash",
    cashless="Cashless",
    charged="Paid",
    paid_back="Paid back",
    owed="Change still owed to you",
    owed_hint="Please keep the separate slip for money owed to you.",
    not_back="Not paid back yet",
    not_back_hint="Please keep the separate slip.",
    document_numbers="Document numbers",
    yen="{:,} yen",
    guidance="WHERE TO GO",
    reason="Why not at this terminal",
    where="Where",
    hours="Hours",
    phone="Phone",
    bring="Please bring",
    clerk="係員の方へ",
    debt="MONEY OWED\nTO YOU",
    debt_sentence="Because of a fault, this amount could not be returned. You will get it in exchange for this slip.",
    debt_number="Slip no.",
    debt_keep="Please keep this slip until you have your money.",
    doubt="PAYMENT\nBEING CHECKED",
    doubt_sentence="It could not be checked whether this amount was paid. If it was, it goes back the way you paid. If "
    "it does not, please bring this slip to the office below.",
    doubt_back="REFUND\nBEING CHECKED",
    doubt_back_sentence="It could not be checked whether this amount went back the way you paid. If it did not, it "
    "goes back as soon as that is known. If it does not come, please bring this slip to the office below.",
    doubt_keep="Please keep this slip until you have seen that the money is back.",
    fault="NOTICE",
    fault_number="Reference",
    happened="What happened",
    money="Your money",
    to_do="What to do now",
    questions="Questions",
)


class Language(Enum):
    """Languages a slip is printed in."""

    JAPANESE = "ja"
    ENGLISH = "en"

    @property
    def words(self) -> Words:
        """Its fixed words."""
        return JAPANESE if self is Language.JAPANESE else ENGLISH
