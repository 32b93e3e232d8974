"""The journeys most people make: a certificate in hand, the right change, the machine free for the next one."""

from kiosk.flow import scenes as at
from tests.support.journey_steps import Journey


def test_a_certificate_of_residence_of_the_household(j: Journey) -> None:
    j.arrives()
    j.sees("証明書が取れます", "certificates")
    j.touches("primary")
    j.sees("マイナンバーカードを置いてください", "Place your My Number Card")
    j.puts_card("tsuji-kengo")
    j.sees("暗証番号を入れてください", "Enter your PIN")
    j.types_pin("1234")
    j.sees("何に使いますか")
    j.touches("purpose-pension", "primary")
    j.sees("住民票に何をのせますか")
    j.touches("primary")
    j.sees("この内容で申し込みますか")
    j.sees("合計", "Total")
    j.sees("200円", "¥200")
    j.touches("primary")
    j.sees("カードをお取りください", "Take your card")
    j.takes_card()
    j.sees("お金を入れてください", "Insert cash")
    j.inserts(1000)
    j.sees("お金がそろいました", "That is enough")
    j.sees("800円", "¥800")
    j.touches("primary")
    j.sees("印刷しています", "Printing")
    j.sees("うら面を印刷中", "Printing the back")
    j.sees("証明書をお取りください", "Take your sheet")
    j.sees("おつり 800円", "Change ¥800")
    j.sees("お忘れものはありませんか", "Do you have everything?")
    j.takes_everything()
    j.sees("受け取り済み", "Taken")
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)
    j.reads_slip("領収書", "200")


def test_two_kinds_in_one_basket_with_copies_and_change(j: Journey) -> None:
    j.identifies("tsuji-kengo")
    j.chooses("pension")
    j.touches("more-0", "add-line", "purpose-bank", "primary")
    j.sees("印鑑登録証明書")
    j.sees("600円", "¥600")
    j.orders()
    j.inserts(500)
    j.sees("あと 100円", "¥100 more")
    j.inserts(500)
    j.sees("400円", "¥400")
    j.touches("primary")
    j.sees("3枚のうち 3枚目", "Sheet 3 of 3")
    j.sees("証明書を3枚お取りください", "Take your 3 sheets")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (3, 3)
    assert j.office.cash.state().handed_out == 400
    j.reads_slip("住民票の写し", "印鑑登録証明書", "600", "400")


def test_a_household_of_six_takes_two_sheets(j: Journey) -> None:
    j.identifies("yamazaki-daisuke")
    j.chooses("pension")
    j.sees("世帯全員（6人）")
    j.orders()
    j.inserts(100, 100)
    j.sees("お金がそろいました")
    j.sees("2枚の印刷が始まります", "2 sheets print")
    j.touches("primary")
    j.sees("2枚のうち 2枚目", "Sheet 2 of 2")
    j.sees("証明書を2枚お取りください", "Take your 2 sheets")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered, len(j.office.sheets)) == (1, 1, 2)


def test_in_english_from_the_start(j: Journey) -> None:
    j.arrives()
    j.touches("language-en", "primary")
    j.puts_card("oliveira-maria")
    j.types_pin()
    j.touches("purpose-employer", "primary", "primary", "primary")
    j.reads("Take your card")
    j.takes_card()
    j.reads("Insert cash")
    j.inserts(500)
    j.reads("That is enough")
    j.touches("primary")
    j.reads("Take your sheet")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    j.reads_slip("Certificate of residence", "Total 200 yen", "Change 300 yen")


def test_an_android_phone_shows_its_x509_only_after_the_pin(j: Journey) -> None:
    j.identifies("tsuji-kengo-phone")
    assert j.office.wire.calls.count("OpenSession") == 1
    j.chooses("pension")
    j.orders()
    j.pays(500)
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.delivered == 1


def test_nothing_to_give_back_when_the_money_is_exact(j: Journey) -> None:
    j.identifies()
    j.chooses("bank")
    j.orders()
    j.pays(100, 100)
    j.sees("証明書をお取りください")
    j.sees_not("おつり", "Change")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.office.cash.state().handed_out == 0


def test_going_back_keeps_the_answers(j: Journey) -> None:
    j.identifies()
    j.touches("purpose-pension", "primary", "show-domicile", "primary")
    j.sees("本籍あり")
    j.touches("back")
    assert j.shows(at.ChooseOptions)
    j.touches("back")
    assert j.shows(at.ChoosePurpose)
    j.touches("primary", "primary")
    j.sees("本籍あり")
    j.touches("cancel")
    j.sees("やめますか", "Stop now?")
    j.touches("cancel-yes")
    j.sees("お忘れものはありませんか", "Do you have everything?")
    j.takes_everything()
    j.ends_at_start()
    assert j.issued == 0
