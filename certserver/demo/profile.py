"""What the fictional municipality 見本県見本市 sets for its documents. No law words the clauses of items,
tax and damage: they are unconfirmed."""

from certserver.demo.artwork import official_seal
from certserver.demo.people import MUNICIPALITY
from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from koufu.evidence.words import CertificateKind

_WHOLE = "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
_PART = "この写しは、世帯の一部の住民票の原本と相違ないことを証明する。"
_ITEMS_WHOLE = "上記の事項は、世帯全員の住民票に記載されていることを証明する。"
_ITEMS_PART = "上記の事項は、世帯の一部の住民票に記載されていることを証明する。"
_SUPPLEMENT = "この写しは、戸籍の附票の原本と相違ないことを証明する。"
_SEAL = "この写しは、登録されている印影と相違ないことを証明する。"
_AS_ABOVE = "上記のとおり相違ないことを証明します。"
_NO_TAX = "上記のとおり、個人住民税が課税されていないことを証明します。"
_DAMAGE = "上記のとおり、相違ないことを証明します。"


def mihon_profile() -> MunicipalityProfile:
    """The profile of 見本市, with its official seal drawn. Telephone and web address can't exist."""
    return MunicipalityProfile(
        code=MUNICIPALITY,
        prefecture="見本県",
        prefecture_en="Mihon Prefecture",
        name="見本市",
        name_kana="みほんし",
        name_en="Mihon City",
        mayor_title="見本市長",
        mayor_name="見本　太郎",
        deputy_title=None,
        official_seal=official_seal(("見本県", "見本市", "長之印")),
        clauses=(
            Clause(CertificateKind.RESIDENCE, True, _WHOLE),
            Clause(CertificateKind.RESIDENCE, False, _PART),
            Clause(CertificateKind.RESIDENCE_ITEMS, True, _ITEMS_WHOLE),
            Clause(CertificateKind.RESIDENCE_ITEMS, False, _ITEMS_PART),
            Clause(CertificateKind.SEAL_REGISTRATION, False, _SEAL),
            Clause(CertificateKind.KOSEKI_SUPPLEMENT, True, _SUPPLEMENT),
            Clause(CertificateKind.KOSEKI_SUPPLEMENT, False, _SUPPLEMENT),
            Clause(CertificateKind.INCOME_TAX, False, _AS_ABOVE),
            Clause(CertificateKind.NON_TAXATION, False, _NO_TAX),
            Clause(CertificateKind.TAX_PAYMENT, False, _AS_ABOVE),
            Clause(CertificateKind.DISASTER_VICTIM, False, _DAMAGE),
        ),
        checking=CheckInstructions(
            web_address="kakunin.mihon.example",
            office="見本市 市民課",
            phone="000-000-0000",
            hours="平日 8時30分～17時15分",
        ),
        window=Window(
            place="見本市役所 1階 市民課",
            hours="平日 8時30分～17時15分",
            phone="000-000-0000",
            bring="マイナンバーカード",
            place_en="Mihon City Hall, 1st floor, Citizens Section",
            hours_en="Weekdays 8:30 to 17:15",
            bring_en="Your My Number card",
        ),
    )
