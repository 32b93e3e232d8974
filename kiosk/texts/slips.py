"""Every sentence of receipts and slips, read from `slips-ja.toml` and `slips-en.toml`."""

import tomllib
from datetime import datetime
from functools import cache
from importlib import resources

from kiosk.flow.means import Means
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.trouble import DeclineReason, FaultKind, FaultReport, MoneyOutcome
from kiosk.texts import formats
from koufu.evidence.words import CertificateKind, RefusalReason


def kind(of: CertificateKind, language: Language) -> str:
    """What a kind is called."""
    return _say(language, "kinds", of.value)


def declined(reason: DeclineReason | RefusalReason, about: CertificateKind | None, language: Language) -> str:
    """Why it can't be had here, and of which kind if it is about one."""
    group = "declined" if isinstance(reason, DeclineReason) else "refused"
    sentence = _say(language, group, reason.value)
    if about is None:
        return sentence
    name = kind(about, language)
    return f"「{name}」: {sentence}" if language is Language.JAPANESE else f"{name}: {sentence}"


def enrolled(number: str, language: Language) -> str:
    """What was applied for, and under which number."""
    return _say(language, "enrolment", "applied").format(number=number)


def bring(reason: DeclineReason | RefusalReason, language: Language) -> str:
    """What to bring because of the reason; empty where the window's own words are enough."""
    return _sentences(language)["bring"].get(reason.value, "")


def clerk(reason: DeclineReason | RefusalReason, language: Language) -> str:
    """What whoever is asked at a counter should know. Of what is withheld no more than of what is not offered (I14)."""
    return _say(language, "clerk", reason.value)


def happened(report: FaultReport, language: Language, *, by_clerk: bool) -> str:
    """What happened, and what about the paper; `by_clerk`, where a clerk hands it over."""
    if report.restarted:
        return _say(language, "happened", "restarted")
    what = _say(language, "happened", report.kind.value)
    void = _say(language, "happened", "void-clerk" if by_clerk else "void").format(void=report.sheets_void)
    if report.sheets_out:
        paper = _say(language, "happened", "out").format(sheets=len(report.sheets), out=report.sheets_out)
        paper += _space(language) + void if report.sheets_void else ""
    elif report.sheets_void:
        paper = void
    elif report.kind is FaultKind.ONE_SIDED:
        # A sheet may well be out: what it is worth was just said.
        return what
    else:
        paper = _say(language, "happened", "none-out")
    return what + _space(language) + paper


def money(report: FaultReport, language: Language, *, by_clerk: bool) -> str:
    """What about the money; `by_clerk`, where a clerk takes it and gives it back."""
    name = report.money.value
    if report.money is MoneyOutcome.OWED and report.paid_out:
        name = "owed-part"
    if report.means is Means.CASHLESS:
        name = _cashless(report)
    if report.kind is FaultKind.CASH_STOPPED and report.money in (MoneyOutcome.NONE_TAKEN, MoneyOutcome.RETURNED):
        # A piece that sticks in the slot was never counted: the terminal can't say that it has none.
        name = f"{name}-stuck"
    twin = f"{name}-clerk"
    if by_clerk and twin in _sentences(language)["money"]:
        name = twin
    return _say(language, "money", name).format(
        returned=f"{report.returned:,}", paid_out=f"{report.paid_out:,}", owed=f"{report.owed:,}"
    )


def _cashless(report: FaultReport) -> str:
    """No money is in any tray."""
    match report.money:
        case MoneyOutcome.RETURNED | MoneyOutcome.RETURNED_PART:
            return f"{report.money.value}-cashless"
        case MoneyOutcome.OWED if report.in_doubt is not None:
            return f"owed-in-doubt-{report.in_doubt.value}"
        case _:
            return str(report.money.value)


def to_do(report: FaultReport, language: Language, *, by_clerk: bool) -> str:
    """What to do now."""
    sentences = []
    if by_clerk and report.paid_out and report.sheets_void and not report.sheets_out:
        sentences.append(_say(language, "to-do", "money-clerk"))
    elif report.sheets_out or report.paid_out or (report.sheets_void and not by_clerk):
        sentences.append(_say(language, "to-do", "belongings-clerk" if by_clerk else "belongings"))
    sentences.append(_say(language, "to-do", "staff" if report.staff_comes else "again"))
    if report.owed:
        sentences.append(_say(language, "to-do", "keep"))
    return _space(language).join(sentences)


def cash(name: str, language: Language) -> str:
    """A word of the cash report."""
    return _say(language, "cash-report", name)


def moment(at: datetime, language: Language) -> str:
    """令和8年3月2日 10:15, or 2 March 2026 as 2026-03-02 10:15."""
    time = f"{at.hour}:{at.minute:02}"
    if language is Language.ENGLISH:
        return f"{at:%Y-%m-%d} {time}"
    return f"{formats.year(at.year, Language.JAPANESE)}{at.month}月{at.day}日 {time}"


def _space(language: Language) -> str:
    return "" if language is Language.JAPANESE else " "


def _say(language: Language, group: str, name: str) -> str:
    return _sentences(language)[group][name]


@cache
def _sentences(language: Language) -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath(f"slips-{language.value}.toml").read_text("utf-8")
    return {
        group: {name: str(sentence) for name, sentence in sentences.items()}
        for group, sentences in tomllib.loads(text).items()
    }
