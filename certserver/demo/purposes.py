"""What the fictional municipality suggests for what residents come for. The advice that paper is often not needed is
meant honestly, but not confirmed by any office: a real municipality writes its own."""

from certserver.rules.settings import Advice, Purpose
from koufu.evidence.words import FOREIGN_OPTIONS, CertificateKind, Option, Scope

_RESIDENCE, _SEAL = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION
_FAMILY = (Option.RELATIONSHIP,)

PURPOSES = (
    Purpose(
        "licence",
        _RESIDENCE,
        Scope.SELF,
        (Option.DOMICILE,),
        note="本籍の記載が必要です。個人番号は載せないでください。",
        note_en="Your registered domicile has to be shown. Leave your individual number out.",
    ),
    Purpose(
        "passport",
        CertificateKind.KOSEKI_FULL,
        Scope.KOSEKI,
        (),
        Advice.PAPER_NOT_NEEDED,
        note="2025年3月から、オンライン申請では戸籍の提出を省けることが多くなりました。窓口で申請する方は全部事項証明書が必要です。",
        note_en="Since March 2025 an application online often needs no koseki paper. At a window the full entries are "
        "needed.",
    ),
    Purpose("bank", _SEAL, Scope.SELF, ()),
    Purpose(
        "car",
        _SEAL,
        Scope.SELF,
        (),
        note="軽自動車は、住民票の写しで足りることがあります。",
        note_en="For a light motor vehicle a certificate of residence is often enough.",
    ),
    Purpose("school", _RESIDENCE, Scope.HOUSEHOLD, _FAMILY),
    Purpose(
        "immigration",
        _RESIDENCE,
        Scope.HOUSEHOLD,
        (*_FAMILY, *sorted(FOREIGN_OPTIONS, key=lambda option: option.value)),
        note="課税証明書と納税証明書も求められることがあります。",
        note_en="Certificates of taxation and of tax payment are often asked for as well.",
    ),
    Purpose(
        "pension",
        _RESIDENCE,
        Scope.HOUSEHOLD,
        _FAMILY,
        note="個人番号を届け出ていれば、住民票を省けることが多くあります。",
        note_en="Where your individual number is known, the paper is often not needed.",
    ),
    Purpose("housing", _RESIDENCE, Scope.HOUSEHOLD, _FAMILY),
    Purpose("employer", _RESIDENCE, Scope.SELF, ()),
)
