"""What a site says about its terminal on the screens: where it stands, where paper and money come out, how fast it
prints."""

from dataclasses import dataclass

from kiosk.flow.values.presentation import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in both languages."""

    ja: str
    en: str

    def of(self, language: Language) -> str:
        """The text in a language that is written on screens."""
        return self.ja if language is Language.JAPANESE else self.en


LOWER_RIGHT = Words("右下", "lower right")


@dataclass(frozen=True, slots=True)
class SitePresentation:
    """Site data of the screens."""

    place: Words
    change_tray: Words = LOWER_RIGHT
    receipt_slot: Words = LOWER_RIGHT
    seconds_per_sheet: int = 13
    helpline: str = "0120-95-0178"
    """マイナンバー総合フリーダイヤル."""
    separate: bool = False
    """At a counter of the separate type: a clerk takes the money and hands the sheets over."""
    cashless: bool = False
    """There is a payment terminal: the fee may be paid with a card or electronic money."""
    headphones: bool = False
    """There is a jack for them: whoever hears the screens may have their number read out."""
