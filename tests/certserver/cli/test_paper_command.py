"""`koufu-server paper`, as an officer types it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from tests.support.card_applications import POST_OFFICE_CALLED, an_application_server, at_counter, entries_of, verified
from tests.support.server import ServerForTests
from tests.support.server_settings import POST_OFFICE
from tests.support.sheets import text_of

LOOKING = ("--officer", "officer-1", "--reference", "2026-17")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path_factory.mktemp("papers")) as made:
        made.clock.set(SystemClock().now())
        yield made


def typed(server: ServerForTests, *words: str) -> int:
    return main(["paper", "--home", str(server.home), *words])


def said(out: Path) -> str:
    return "".join(text_of(out.read_bytes(), "-raw").split())


INTAKE = ("--office", POST_OFFICE.name, "--place", "post-office-intake")


def test_a_checklist_and_the_notice_of_an_office(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checklist, notice = tmp_path / "checklist.pdf", tmp_path / "notice.pdf"
    done = ("--done", "talks=2026-01-10", "--done", "consent=2026-02-01")
    assert typed(server, "readiness", "--out", str(checklist), *INTAKE, *done) == 0
    assert "郵便局での事務の開始までの確認表, 1 sheet" in capsys.readouterr().out
    assert "令和8年1月10日" in said(checklist)
    assert "残り7段階です。" in said(checklist)

    assert typed(server, "posted-notice", "--out", str(notice), *INTAKE) == 0
    assert "マイナンバーカードの申請" in said(notice)
    assert POST_OFFICE_CALLED in said(notice)
    assert POST_OFFICE.name not in said(notice)
    assert "見本市長" in said(notice)


def test_nothing_is_posted_for_an_office_without_a_commission(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "notice.pdf"
    wanted = ("posted-notice", "--out", str(out), "--office", "nowhere", "--place", "post-office-intake")
    assert typed(server, *wanted) == 1
    assert "commission add" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("place", "procedure", "papers", "lacks"),
    [
        ("post-office-x509", "pin-change", ("--contract", "2026-03-01=契約2"), "council-resolution"),
        ("post-office-support", "form-support", (), "contract"),
    ],
)
def test_nothing_is_posted_that_was_not_resolved_and_agreed(
    server: ServerForTests,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    place: str,
    procedure: str,
    papers: tuple[str, ...],
    lacks: str,
) -> None:
    opening = ("--place", place, "--since", "2026-05-01", "--procedure", procedure, *papers)
    assert main(["commission", "add", "--home", str(server.home), f"early-{place}", *opening]) == 0
    wanted = ("posted-notice", "--out", str(tmp_path / "n.pdf"), "--office", f"early-{place}", "--place", place)
    assert typed(server, *wanted) == 1
    assert lacks in capsys.readouterr().err


def test_blank_forms_need_nobody(server: ServerForTests, tmp_path: Path) -> None:
    for kind in ("application-form", "delivery-notice", "face-care", "intent-explained", "pin-request"):
        assert typed(server, kind, "--out", str(tmp_path / f"{kind}.pdf")) == 0
    assert "個人番号カード顔写真証明書" in said(tmp_path / "face-care.pdf")
    assert typed(server, "pins-explained", "--language", "en", "--out", str(tmp_path / "en.pdf")) == 0
    assert "Choosing" in said(tmp_path / "en.pdf")


def test_an_officer_prints_what_an_application_says_and_it_is_noted(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    of_it = ("--application", clerk.application)
    form = tmp_path / "form.pdf"
    assert typed(server, "application-form", "--out", str(form), *of_it) == 1
    assert "--officer" in capsys.readouterr().err
    assert typed(server, "application-form", "--out", str(form), *of_it, *LOOKING) == 0
    assert "見本健吾" in said(form)
    assert ("viewed", "officer-1") in [(event, detail.get("officer")) for event, detail in entries_of(server)]
    notice = ("delivery-notice", "--out", str(tmp_path / "notice.pdf"), *of_it, *LOOKING)
    assert typed(server, *notice) == 1
    assert "not-now; it is sent-to-municipality" in capsys.readouterr().err
    verified(server)


@pytest.mark.parametrize(
    "wrong",
    [
        ("readiness",),
        ("readiness", "--office", "x"),
        ("pin-request", *INTAKE),
        ("pin-request", "--language", "en"),
        ("intent-explained", "--application", "0" * 32),
        ("posted-notice", *INTAKE, "--done", "talks=2026-01-10"),
        ("readiness", *INTAKE, "--done", "talks"),
        ("readiness", *INTAKE, "--done", "lunch=2026-01-10"),
    ],
)
def test_options_of_another_paper_are_refused(server: ServerForTests, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    out = tmp_path / "never.pdf"
    assert typed(server, *wrong, "--out", str(out)) == 1
    assert not out.exists()


def test_a_file_that_is_there_stays_as_it_is(server: ServerForTests, tmp_path: Path) -> None:
    out = tmp_path / "mine.pdf"
    out.write_text("mine")
    assert typed(server, "photo-explained", "--out", str(out)) == 1
    assert out.read_text() == "mine"
