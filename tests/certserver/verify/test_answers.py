"""Three answers of which none stands for another: what follows from what was found out."""

from dataclasses import replace

import pytest

from certserver.documents.forms import compose
from certserver.verify.answers import Answers, Content, Outcome, Trouble, answers, nothing_said
from certserver.verify.check import Checked
from certserver.verify.compare import Difference, Poor
from certserver.verify.expected import Area
from certserver.verify.faces import FaceChecked, NotCompared
from certserver.verify.ground_seen import NOTHING_SEEN, GroundSeen, SheetLook
from certserver.verify.judge import Doubt, Findings, Reason, Verdict
from certserver.verify.report import as_json, as_words
from certserver.verify.status import NO_ANSWER, NOT_ASKED, DocumentStanding, Status
from certserver.verify.words import CONTENT, KINDS, REASONS, SHEET, STATUS, UNLABELLED, Tongue
from koufu.evidence.words import CertificateKind, Option
from koufu.ground.profiles import USUAL
from tests.support import sheets
from tests.support.specimens import ISSUED_AT, PROFILE, SIX, residence_line

pytestmark = pytest.mark.xdist_group("sheets")

ORIGINAL, COPY = GroundSeen.of(USUAL, 0.036, 0.036, 20_000), GroundSeen.of(USUAL, 0.08, 0.03, 20_000)
DIFFERENCE = Difference(Area(42, 70, 46, 76), 3.5, 1.0, 0.2, "1.name")


def face(page: int = 1, **changed: object) -> FaceChecked:
    made = FaceChecked(page, None, "", (), ORIGINAL)
    return replace(made, **changed)  # type: ignore[arg-type]


def found(*doubts: Doubt, pages: int = 1, shown: int | None = None) -> Findings:
    contents = (sheets.residence() if pages == 1 else sheets.large_household()).contents[
        : pages if shown is None else shown
    ]
    return Findings(doubts, contents)


def said(findings: Findings, *faces: FaceChecked, status: Status = NOT_ASKED) -> Answers:
    return answers(Checked(findings, faces), status)


NO_FACE, NO_FACE_2 = Doubt(Reason.NO_FACE, 1), Doubt(Reason.NO_FACE, 2)


@pytest.mark.parametrize(
    ("findings", "faces", "content"),
    [
        (found(), [face()], Content.AS_ISSUED),
        (found(), [face(problem=Poor.TOO_FAINT), face()], Content.AS_ISSUED),
        (found(pages=2), [face(), face(2)], Content.AS_ISSUED),
        (found(NO_FACE), [], Content.BACK_VALID),
        (found(NO_FACE_2, pages=2), [face()], Content.BACK_VALID),
        (found(), [face(problem=NotCompared.FONT_MISSING, ground=NOTHING_SEEN)], Content.BACK_VALID),
        (found(), [face(problem=NotCompared.BUNDLE_MISSING)], Content.BACK_VALID),
        (found(), [face(problem=NotCompared.FORM_UNKNOWN)], Content.BACK_VALID),
        (found(Doubt(Reason.NO_SEAL_CODE), shown=0), [], Content.FACE_ONLY),
        (found(), [face(differences=(DIFFERENCE,))], Content.ALTERED),
        (found(), [face(), face(differences=(DIFFERENCE,))], Content.ALTERED),
        (found(Doubt(Reason.PAGE_MISSING, 2), pages=2, shown=1), [face(differences=(DIFFERENCE,))], Content.ALTERED),
        (found(Doubt(Reason.PAGE_MISSING, 2), pages=2, shown=1), [face()], Content.UNREADABLE),
        (found(), [face(problem=Poor.TOO_BLURRED)], Content.UNREADABLE),
        (found(), [face(problem=NotCompared.NOT_LOCATED)], Content.UNREADABLE),
        (found(Doubt(Reason.NO_CODE), shown=0), [], Content.UNREADABLE),
        (found(Doubt(Reason.BROKEN_SEAL_CODE), shown=0), [], Content.UNREADABLE),
        (found(Doubt(Reason.UNKNOWN_KEY, 1), shown=0), [], Content.UNKNOWN_SIGNER),
        (found(Doubt(Reason.UNKNOWN_KEY, 2), pages=2), [face()], Content.CONTRADICTED),
        (found(Doubt(Reason.FACE_OF_ANOTHER, 1)), [face()], Content.CONTRADICTED),
        (found(Doubt(Reason.FACE_OF_ANOTHER, 1)), [face(differences=(DIFFERENCE,))], Content.CONTRADICTED),
        (found(Doubt(Reason.KEY_REVOKED, 1), shown=0), [], Content.CONTRADICTED),
    ],
)
def test_the_content_is_what_was_looked_at_and_no_more(
    findings: Findings, faces: list[FaceChecked], content: Content
) -> None:
    assert said(findings, *faces).content is content


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.verdict is Verdict.BAD])
def test_nothing_that_contradicts_is_ever_as_issued(reason: Reason) -> None:
    told = said(found(Doubt(reason, 1)), face())
    assert told.content in (Content.CONTRADICTED, Content.UNKNOWN_SIGNER)
    assert told.outcome is Outcome.NOT_AS_ISSUED


@pytest.mark.parametrize(
    ("grounds", "sheet"),
    [
        ([ORIGINAL], SheetLook.ORIGINAL),
        ([COPY], SheetLook.COPY),
        ([ORIGINAL, COPY], SheetLook.COPY),
        ([ORIGINAL, NOTHING_SEEN], SheetLook.CANT_TELL),
        ([NOTHING_SEEN], SheetLook.CANT_TELL),
        ([], SheetLook.CANT_TELL),
    ],
)
def test_the_sheet_is_a_copy_if_any_face_looks_like_one(grounds: list[GroundSeen], sheet: SheetLook) -> None:
    assert said(found(), *(face(ground=ground) for ground in grounds)).sheet is sheet


@pytest.mark.parametrize(
    ("status", "ground", "outcome"),
    [
        (NOT_ASKED, ORIGINAL, Outcome.AS_ISSUED),
        (NOT_ASKED, NOTHING_SEEN, Outcome.AS_ISSUED),
        (Status(DocumentStanding.ISSUED, ISSUED_AT), ORIGINAL, Outcome.AS_ISSUED),
        (NOT_ASKED, COPY, Outcome.COPY),
        (NO_ANSWER, ORIGINAL, Outcome.INCOMPLETE),
        (Status(DocumentStanding.SPOILED), ORIGINAL, Outcome.NOT_IN_FORCE),
        (Status(DocumentStanding.VOIDED), COPY, Outcome.NOT_IN_FORCE),
        (Status(DocumentStanding.RECALLED), ORIGINAL, Outcome.NOT_IN_FORCE),
        (Status(DocumentStanding.UNKNOWN), ORIGINAL, Outcome.NOT_IN_FORCE),
    ],
)
def test_a_program_is_told_yes_only_when_nothing_speaks_against_it(
    status: Status, ground: GroundSeen, outcome: Outcome
) -> None:
    assert said(found(), face(ground=ground), status=status).outcome is outcome


def test_a_status_never_makes_up_for_what_was_not_looked_at() -> None:
    status = Status(DocumentStanding.ISSUED, ISSUED_AT)
    assert said(found(NO_FACE), status=status).outcome is Outcome.INCOMPLETE
    assert said(found(), face(differences=(DIFFERENCE,)), status=status).outcome is Outcome.NOT_AS_ISSUED


def test_every_answer_and_reason_has_a_sentence_and_none_says_genuine() -> None:
    assert set(CONTENT) == set(Content)
    assert set(SHEET) == set(SheetLook)
    assert set(STATUS) == set(DocumentStanding)
    assert set(REASONS) == {*Reason, *NotCompared, *Poor, *Trouble}
    assert set(KINDS) == set(CertificateKind)
    for words in (*CONTENT.values(), *SHEET.values(), *STATUS.values(), *REASONS.values(), *UNLABELLED.values()):
        assert words.ja
        assert words.en
        assert not any(claim in f"{words.ja} {words.en}".lower() for claim in ("genuine", "authentic", "本物", "真正"))


def test_a_difference_is_told_by_page_label_and_place() -> None:
    told = said(found(), face(differences=(DIFFERENCE,)))
    report = as_json(told, {"990001": "見本市"}, ISSUED_AT, Tongue.JAPANESE)
    content = report["content"]
    assert isinstance(content, dict)
    assert content["differences"] == [
        {
            "number": 1,
            "page": 1,
            "entry": "1.name",
            "label": "氏名",
            "called": "氏名",
            "box_mm": [42.0, 70.0, 46.0, 76.0],
            "strength": 3.5,
        }
    ]
    words = "\n".join(as_words(told, {}, ISSUED_AT, Tongue.JAPANESE))
    assert "1. 1ページ 氏名  左から42～46 mm、上から70～76 mm" in words
    assert "page 1, 氏名: 42 to 46 mm" in "\n".join(as_words(told, {}, ISSUED_AT, Tongue.ENGLISH))


def test_the_age_of_a_document_is_told_in_days() -> None:
    told = said(found(), face(), status=Status(DocumentStanding.ISSUED, ISSUED_AT))
    for days, words in ((0, "0日前"), (31, "31日前")):
        assert words in "\n".join(as_words(told, {}, ISSUED_AT + days * 86_400 + 5, Tongue.JAPANESE))


def test_what_a_signature_does_not_cover_is_named() -> None:
    document = sheets.render(compose(residence_line(SIX, frozenset(Option)), PROFILE))
    findings = Findings((), document.contents)
    words = "\n".join(as_words(said(findings, face(), face(2)), {}, ISSUED_AT, Tongue.JAPANESE))
    assert "署名の対象外（照合していません）  個人番号、住民票コード" in words


@pytest.mark.parametrize("tongue", Tongue)
def test_only_whoever_calls_the_command_is_told_of_its_options(tongue: Tongue) -> None:
    def texts(*, command: bool) -> str:
        return " ".join(
            str(as_json(nothing_said(why), {}, ISSUED_AT, tongue, command=command)["content"]) for why in REASONS
        )

    for word in ("--", "koufu-verify"):
        assert word not in texts(command=False)
        assert word in texts(command=True)


def test_where_nothing_was_looked_at_nothing_is_said() -> None:
    told = nothing_said(Trouble.TOO_MUCH)
    assert (told.content, told.sheet, told.status, told.outcome) == (
        Content.UNREADABLE,
        SheetLook.CANT_TELL,
        NOT_ASKED,
        Outcome.INCOMPLETE,
    )
    assert "健吾" not in repr(said(found(), face()))


def test_every_answer_has_a_grade() -> None:
    ours = answers(Checked(found(), (face(),)))
    for content in Content:
        for sheet in SheetLook:
            for standing in DocumentStanding:
                told = as_json(
                    replace(ours, content=content, sheet=sheet, status=Status(standing)), {}, 0, Tongue.ENGLISH
                )
                grades = {
                    about: part["grade"] for about, part in told.items() if isinstance(part, dict) and "grade" in part
                }
                assert set(grades) == {"content", "sheet", "status"}
                assert (grades["content"] == "good") == (content is Content.AS_ISSUED)
                assert (grades["sheet"] == "bad") == (sheet is SheetLook.COPY)
                assert (grades["status"] == "good") == (standing is DocumentStanding.ISSUED)
