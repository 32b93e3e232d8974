"""Written words as spoken ones."""

import pytest

from hardware.voice.model import Sentence, Tongue
from kiosk.flow.values.presentation import Language
from kiosk.texts.spoken import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("カードを|置いて|ください。", "カードを置いてください。"),
        ("500円・100円\n50円", "500円、100円、50円"),
        ("平日 8:30～17:15", "平日、8時30分から17時15分"),
        ("きょうは 23:00 まで", "きょうは、23時、まで"),
        ("12月6日（日）終日", "12月6日、日曜日、終日"),
        ("世帯全員（3人）の分", "世帯全員、3人のぶん"),
        ("だれの分かをえらぶ", "だれの分かをえらぶ"),
        ("年金・手当", "年金、手当"),
        ("証明書をお取りになる方は、こちらです。", "証明書をお取りになるかたは、こちらです。"),
        ("「お金を返す」を押してください。", "お金を返すを押してください。"),
        ("0120-95-0178", "ゼロイチニーゼロ、キューゴー、ゼロイチナナハチ"),
        ("見本市に住所がありません", "みほんしに住所がありません"),
    ],
)
def test_japanese_without_signs_and_with_readings(written: str, said: str) -> None:
    assert spoken((written,), Language.JAPANESE, {"見本市": "みほんし"}) == (Sentence(said, Tongue.JAPANESE),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Your change is ¥1,600", "Your change is 1,600 yen"),
        ("No ¥2,000, ¥5,000 notes", "No 2,000 yen, 5,000 yen notes"),
        ("Residence  ¥200", "Residence, 200 yen"),
        ("Weekdays 8:30–17:15", "Weekdays 8:30 to 17:15"),
        ("Pension and\nbenefits", "Pension and benefits"),
    ],
)
def test_english_without_signs(written: str, said: str) -> None:
    assert spoken((written,), Language.ENGLISH) == (Sentence(said, Tongue.ENGLISH),)


def test_one_sentence_at_a_time_and_no_empty_ones() -> None:
    said = spoken(("お金がそろいました。おつりは600円です。", "", "。", " 、"), Language.JAPANESE)
    assert [each.text for each in said] == ["お金がそろいました。", "おつりは600円です。"]
