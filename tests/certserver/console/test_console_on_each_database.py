"""Every page of the console stands on each database there is."""

from pathlib import Path

from tests.support.card_applications import verified
from tests.support.console import a_console
from tests.support.console_pages import fill, shown_paths


def test_every_page_is_shown(either_database: None, tmp_path: Path) -> None:
    with a_console(tmp_path) as console:
        fill(console)
        side = console.signed_in("aoi", purpose=True)
        answers = {path: side.get(path).status for path in (*shown_paths(console), "/ledger?kind=")}
        # Whoever is in is sent on from where one signs in.
        assert {path: status for path, status in answers.items() if status != 200} == {"/sign-in": 303}
        side.get("/audit")
        assert "すべてに改ざんはありません" in side.post("/audit/verify").body
        verified(console.server)
