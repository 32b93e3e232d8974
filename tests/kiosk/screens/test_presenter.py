"""Which words and keys a state gives. Pure: no window."""

from dataclasses import replace

import pytest

from hardware.sensors.model import Place
from kiosk.flow import scenes
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import DeclineReason, FaultKind, MoneyOutcome
from kiosk.screens import sample_visits, samples
from kiosk.screens.blocks import (
    Checklist,
    Facts,
    MoneyLine,
    Notice,
    Numbered,
    OrderLines,
    Section,
    SheetState,
    SlipBand,
    Title,
    Words,
)
from kiosk.screens.model import ScreenModel
from kiosk.screens.presenter import present
from kiosk.texts.catalogue import plain
from koufu.evidence.words import CertificateKind, RefusalReason


def _screen(terminal: Terminal, *, landscape: bool = False, **look: object) -> ScreenModel:
    shown = replace(terminal, presentation=Presentation(**look)) if look else terminal  # type: ignore[arg-type]
    return present(shown, sample_visits.SITE, now=sample_visits.NOW, landscape=landscape)


def test_no_sample_hides_another_of_its_name() -> None:
    groups = (samples.PICTURED, samples.BETWEEN, samples.DECLINED, samples.REFUSED, samples.FAULTS, samples.CLOSED)
    assert sum(map(len, groups)) == len(samples.ALL)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", ["means-declined", "means-given-up", "means-offline"])
@pytest.mark.parametrize(
    ("language", "nothing"), [(Language.JAPANESE, "いただいていません"), (Language.ENGLISH, "No money was taken")]
)
def test_after_a_payment_that_did_not_come_about_it_is_said_that_nothing_was_taken(
    name: str, large: bool, language: Language, nothing: str
) -> None:
    screen = _screen(samples.ALL[name], large=large, language=language)
    (notice,) = (block for block in screen.read if isinstance(block, Notice))
    assert nothing in plain(notice.text)


def test_who_gets_a_sheet_without_its_back_is_asked_to_take_it() -> None:
    screen = _screen(samples.ALL["fault-one-sided-sheets"])
    blocks = [block for section in screen.read if isinstance(section, Section) for block in section.blocks]
    asked = [plain(block.text) for block in blocks if isinstance(block, Numbered)]
    assert asked[0] == "トレーの用紙を、お取りください。"
    assert {block.state for block in blocks if isinstance(block, SheetState)} == {"使えません"}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("language", "void", "good"),
    [(Language.JAPANESE, "使えません", "出ました"), (Language.ENGLISH, "Not valid", "Came out")],
)
@pytest.mark.parametrize("name", ["fault-void", "fault-void-jam"])
def test_a_void_sheet_is_told_as_no_good_and_a_clerk_hands_none_over(
    name: str, language: Language, void: str, good: str, large: bool
) -> None:
    terminal = replace(samples.ALL[name], occupied=frozenset({Place.SHEET_TRAY}))
    asked = replace(terminal, presentation=Presentation(large=large, language=language))
    screen = present(asked, replace(sample_visits.SITE, separate=True), now=sample_visits.NOW, landscape=False)
    blocks = [block for section in screen.read if isinstance(section, Section) for block in section.blocks]
    states = [block.state for block in blocks if isinstance(block, SheetState)]
    assert states[0] == void
    assert good not in states
    told = "".join(plain(block.text) for block in blocks if isinstance(block, Numbered))
    assert not [each for each in ("証明書を", "証明書1枚", "用紙", "sheet") if each in told]


@pytest.mark.parametrize("language", [Language.JAPANESE, Language.ENGLISH])
@pytest.mark.parametrize(
    "name", ["fault-owed", "fault-cashless-refused", "fault-restarted-owed", "fault-cashless-doubt"]
)
def test_i7_where_money_is_owed_every_look_says_that_a_slip_came_out(name: str, language: Language) -> None:
    slip = "紙" if language is Language.JAPANESE else "slip"
    for landscape in (False, True):
        for large in (False, True):
            asked = replace(samples.ALL[name], presentation=Presentation(large=large, language=language))
            for state in (scenes.SlipState.OUT, scenes.SlipState.FAILED):
                assert isinstance(asked.scene, scenes.Fault)
                shown = replace(asked, scene=replace(asked.scene, slip=state))
                screen = present(shown, sample_visits.SITE, now=sample_visits.NOW, landscape=landscape)
                sections = [
                    each
                    for each in (*screen.read, *(block for page in screen.pages for block in page))
                    if isinstance(each, Section)
                ]
                asks = [block.text for each in sections for block in each.blocks if isinstance(block, Numbered)]
                asks += [block.text for block in screen.foot if isinstance(block, SlipBand)]
                out = state is scenes.SlipState.OUT
                assert any(slip in each for each in asks) is out, (landscape, large, asks)


@pytest.mark.parametrize("name", samples.ALL)
def test_no_sample_of_a_fault_says_what_can_not_be(name: str) -> None:
    scene = samples.ALL[name].scene
    if not isinstance(scene, scenes.Fault):
        return
    told = scene.report
    assert (told.money is MoneyOutcome.OWED) is (told.owed > 0)
    assert told.kind is not FaultKind.CASHLESS_REFUSED or told.owed
    assert told.kind is not FaultKind.CASHLESS_STOPPED or told.restarted or told.in_doubt
    assert told.sheets_out + told.sheets_void <= len(told.sheets)


@pytest.mark.parametrize("name", samples.ALL)
def test_every_screen_has_one_title_and_keys_with_names_of_their_own(name: str) -> None:
    screen = _screen(samples.ALL[name])
    titles = [block for block in screen.read if isinstance(block, Title)]
    assert len(titles) == 1
    names = [control.name for control in screen.controls()]
    assert len(names) == len(set(names))
    assert bool(screen.voice) is not (name == "number-telling"), "silent alone while headphones speak"


@pytest.mark.parametrize("name", samples.ALL)
def test_staff_can_be_called_from_every_screen(name: str) -> None:
    terminal = replace(samples.ALL[name], overlay=None)
    for large in (False, True):
        assert _screen(terminal, large=large).touches()["staff"] == Pressed(Key.CALL_STAFF)


@pytest.mark.parametrize("scene", [scenes.Releasing(), scenes.Printing(1, 1), scenes.TakeSheets(1, 0, frozenset())])
def test_nothing_can_be_cancelled_once_money_is_captured(scene: scenes.Scene) -> None:
    assert "cancel" not in _screen(samples.at(scene)).touches()


def test_the_primary_key_says_what_is_missing() -> None:
    screen = _screen(samples.ALL["08-pay-insert"])
    assert screen.action.primary is not None
    assert screen.action.primary.text == "あと 300円"
    assert screen.action.primary.touch is None
    typed = _screen(samples.ALL["03-pin"])
    assert typed.action.primary is not None
    assert typed.action.primary.text == "あと 2けた"


def test_enough_money_can_be_paid() -> None:
    screen = _screen(samples.ALL["08-pay"])
    assert screen.touches()["primary"] == Pressed(Key.PRIMARY)
    assert screen.touches()["back"] == Pressed(Key.RETURN_MONEY)
    assert screen.voice.startswith("お金がそろいました。おつりは600円です。")


def test_i14_what_is_withheld_reads_like_what_is_not_offered() -> None:
    for look in ({}, {"large": True}, {"language": Language.ENGLISH}):
        shown = [
            _screen(samples.at(scenes.Declined(reason, CertificateKind.RESIDENCE, sample_visits.WINDOW, True)), **look)
            for reason in (RefusalReason.WITHHELD, RefusalReason.NOT_OFFERED, RefusalReason.DECEASED)
        ]
        assert shown[0] == shown[1] == shown[2]
    offered = [
        replace(
            sample_visits.VISIT,
            offer=replace(
                sample_visits.OFFER, kinds=(replace(sample_visits.RESIDENCE, refusal=reason), sample_visits.SEAL)
            ),
        )
        for reason in (RefusalReason.WITHHELD, RefusalReason.NOT_OFFERED, RefusalReason.MOVED_OUT)
    ]
    keys = [_screen(samples.at(scenes.ChooseKind(), visit=visit)).pages for visit in offered]
    assert keys[0] == keys[1] == keys[2]
    touched = [_screen(samples.at(scenes.ChooseKind(CertificateKind.RESIDENCE), visit=visit)) for visit in offered]
    assert touched[0] == touched[1]


def test_a_kind_or_year_that_cant_be_had_tells_why_and_leads_to_its_guidance() -> None:
    screen = _screen(samples.ALL["matter-refused"])
    assert any(isinstance(block, Words) and "税の窓口" in block.text for block in screen.read)
    assert screen.action.primary is not None
    assert screen.action.primary.text == "案内を見る"
    assert [key.tells for key in screen.controls() if key.name.startswith("matter-")] == [False, False, True, True]
    with_basket = _screen(samples.ALL["kind-refused-basket"])
    assert "primary" not in with_basket.touches()


def test_a_municipalitys_own_purpose_has_its_own_words() -> None:
    for language, name, note in (
        (Language.JAPANESE, "保育料", "証明書なし"),
        (Language.ENGLISH, "Nursery", "certificate"),
    ):
        screen = _screen(samples.ALL["purpose-own"], language=language)
        (key,) = [each for each in screen.controls() if each.name == "purpose-own-1"]
        assert name in key.text
        assert key.icon
        assert note in str(_screen(samples.ALL["advised-own"], language=language).read)


@pytest.mark.parametrize("look", [{}, {"large": True}, {"low_reach": True}, {"large": True, "low_reach": True}])
@pytest.mark.parametrize("landscape", [False, True])
def test_that_sheets_cant_be_exchanged_is_said_wherever_an_order_is_confirmed(
    look: dict[str, bool], landscape: bool
) -> None:
    for name in ("06-confirm", "confirm-one", "confirm-three", "confirm-full"):
        screen = _screen(samples.ALL[name], landscape=landscape, **look)
        first = (*screen.read, *(block for page in screen.pages for block in page))
        said = "".join(block.text for block in first if isinstance(block, Words | Notice)).replace("|", "")
        assert "取りかえ" in said
        assert "返金" in said


def test_an_order_without_a_fee_says_so_and_speaks_of_no_payment() -> None:
    for name in ("confirm-free", "take-card-free", "preparing-free", "releasing-free"):
        assert "お支払いはありません" in str(_screen(samples.ALL[name])).replace("|", ""), name
    rows = next(
        block for block in _screen(samples.ALL["take-sheets-free"]).pages[0] if isinstance(block, Checklist)
    ).rows
    assert not any("領収書" in row.name for row in rows)


def test_five_lines_are_told_apart() -> None:
    screen = _screen(samples.ALL["confirm-full"])
    lines = next(block for block in screen.read if isinstance(block, OrderLines)).lines
    assert len({(line.name, line.details) for line in lines}) == 5
    said = " ".join(f"{line.name} {line.details}" for line in lines).replace("|", "")
    for words in ("個人番号あり", "令和8年度", "令和7年度", "戸籍の全員", "3通"):
        assert words in said, words


def test_whom_is_chosen_among_those_of_the_circle() -> None:
    keys = [each.name for each in _screen(samples.ALL["members-koseki"]).controls() if each.name.startswith("member-")]
    assert keys == ["member-k0", "member-k1", "member-k2", "member-k9"]


def test_a_face_authentication_card_is_declined_alike_by_terminal_and_server() -> None:
    by_terminal = _screen(samples.at(scenes.Declined(DeclineReason.FACE_AUTH, None, sample_visits.WINDOW, True)))
    by_server = _screen(samples.at(scenes.Declined(RefusalReason.FACE_AUTH_CARD, None, sample_visits.WINDOW, True)))
    assert by_terminal == by_server


def test_a_decline_says_what_money_went_back() -> None:
    screen = _screen(samples.ALL["declined-returned"])
    facts = next(block for block in screen.read if isinstance(block, Facts))
    assert any(fact.head == "400円をお返ししました" for fact in facts.facts)


@pytest.mark.parametrize("outcome", MoneyOutcome)
def test_a_fault_always_says_paper_money_please(outcome: MoneyOutcome) -> None:
    report = replace(sample_visits.JAM, money=outcome, owed=200)
    screen = _screen(samples.at(scenes.Fault(report, scenes.SlipState.OUT)))
    sections = [block for block in screen.read if isinstance(block, Section)]
    assert [section.label for section in sections] == ["紙", "お金", "お願い"]
    assert all(section.blocks for section in sections)
    asked = [block for block in sections[2].blocks if isinstance(block, Numbered)]
    assert [block.number for block in asked] == [str(n + 1) for n in range(len(asked))]
    assert asked[-1].strong == sample_visits.JAM.reference
    if outcome is MoneyOutcome.OWED:
        assert any(isinstance(block, MoneyLine) and block.amount.figure == "200" for block in sections[1].blocks)


@pytest.mark.parametrize(
    ("language", "write", "keep"),
    [
        (Language.JAPANESE, "受付番号を、控えてください", "紙をお持ちください"),
        (Language.ENGLISH, "write down the number", "Keep the slip"),
    ],
)
def test_i7_a_debt_without_a_slip_asks_to_copy_the_number(language: Language, write: str, keep: str) -> None:
    def shown(state: scenes.SlipState) -> tuple[str, Numbered]:
        terminal = samples.ALL["fault-owed"]
        assert isinstance(terminal.scene, scenes.Fault)
        scene = replace(terminal.scene, slip=state)
        screen = _screen(replace(terminal, scene=scene, presentation=Presentation(language=language)))
        sections = [block for block in screen.read if isinstance(block, Section)]
        blocks = [block for section in sections for block in section.blocks]
        last = blocks[-1]
        assert isinstance(last, Numbered)
        assert any(isinstance(block, SlipBand) for block in screen.foot) is (state is scenes.SlipState.OUT)
        words = "".join(block.text for block in blocks if isinstance(block, Words | Numbered))
        return words.replace("|", ""), last

    for state in (scenes.SlipState.COMING, scenes.SlipState.OUT):
        words, last = shown(state)
        assert keep in words
        assert write not in words
        assert not last.big
    words, last = shown(scenes.SlipState.FAILED)
    assert write in words
    assert keep not in words
    assert (last.strong, last.big) == ("7TM-P4D", True)


def test_what_lies_there_is_not_ticked() -> None:
    screen = _screen(samples.at(scenes.TakeSheets(2, 600, frozenset({Belonging.SHEETS}))))
    rows = next(block for block in screen.pages[0] if isinstance(block, Checklist)).rows
    assert [(row.name, row.done) for row in rows] == [
        ("カード", True),
        ("おつり  600円", True),
        ("証明書  2枚", False),
        ("領収書", False),
    ]


def test_a_receipt_is_not_said_to_be_taken_before_it_came() -> None:
    def receipt(*waiting: Belonging) -> tuple[bool, str]:
        screen = _screen(samples.at(scenes.TakeSheets(2, 0, frozenset(waiting))))
        row = next(block for block in screen.pages[0] if isinstance(block, Checklist)).rows[-1]
        return row.done, row.state

    assert receipt(Belonging.SHEETS) == (False, "右下から出ます")
    assert receipt(Belonging.SHEETS, Belonging.RECEIPT) == (False, "右下にあります")
    assert receipt() == (True, "受け取り済み")


def test_without_change_no_change_is_asked_for() -> None:
    screen = _screen(samples.at(scenes.TakeSheets(1, 0, frozenset())))
    rows = next(block for block in screen.pages[0] if isinstance(block, Checklist)).rows
    assert not any("おつり" in row.name for row in rows)


def test_only_languages_with_texts_are_offered() -> None:
    keys = [name for name in _screen(samples.PICTURED["01-start"]).touches() if name.startswith("language-")]
    assert keys == ["language-ja", "language-en"]


def test_a_purpose_without_a_text_is_not_shown() -> None:
    unknown = replace(sample_visits.PURPOSES[0], code="no-such-purpose")
    visit = replace(
        sample_visits.VISIT, offer=replace(sample_visits.OFFER, purposes=(unknown, *sample_visits.PURPOSES[1:]))
    )
    touches = _screen(samples.at(scenes.ChoosePurpose("no-such-purpose"), visit=visit)).touches()
    assert "purpose-no-such-purpose" not in touches
    assert "purpose-bank" in touches
    assert "primary" not in touches


def test_a_fee_is_written_as_the_language_writes_it() -> None:
    text = str(_screen(samples.PICTURED["06-confirm"], language=Language.ENGLISH))
    assert "¥200" in text
    assert "200円" not in text


def test_the_time_left_is_told_in_steps_of_five_seconds() -> None:
    band = _screen(samples.PICTURED["09-printing"]).action.band
    assert band is not None
    assert band.figure == "20"


def test_a_decline_says_that_the_card_still_lies_there() -> None:
    def foot(name: str, *, large: bool = False) -> str:
        screen = _screen(samples.ALL[name], large=large)
        return " ".join(band.text for band in screen.foot if isinstance(band, SlipBand))

    assert "カード" not in foot("declined-pin-locked")
    assert foot("declined-card-lies") == "カードを、お取りください。\nご案内の紙も、|右下の口から、|お持ちください。"
    assert foot("declined-card-lies", large=True) == "カードと紙を、\nお取りください。"
    assert foot("fault-card-lies").startswith("カードを、お取りください。")
    assert "紙" not in foot("declined-card-lies-no-slip")
