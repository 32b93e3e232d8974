"""What composition puts together: logs that keep listed fields only, metrics, versions that agree, demo data that
serve."""

import json
import tomllib
import urllib.request
from pathlib import Path

import pytest
import structlog

from certserver.composition.clock import SystemClock
from certserver.composition.logs import FIELDS, set_up_logs
from certserver.composition.metrics import CallMetrics
from certserver.composition.stores import node_digest
from certserver.composition.worker import keep_house
from certserver.errors import ConfigurationError
from certserver.ledger.anchors import read_anchors
from certserver.signing.tls import make_ca
from koufu.release import BUILD, build_number
from tests.support.server import a_server
from tests.support.server_visit import HOUSEHOLD, SEAL


def test_the_build_is_that_of_the_distribution(root: Path) -> None:
    assert tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"] == BUILD


@pytest.mark.parametrize(
    ("build", "number"),
    [
        ("0.1.0", (0, 1, 0)),
        ("12.34.56", (12, 34, 56)),
        ("1.2", None),
        ("1.2.3-rc", None),
        ("１.２.３", None),
        ("", None),
    ],
)
def test_builds_compare_as_numbers(build: str, number: tuple[int, int, int] | None) -> None:
    assert build_number(build) == number


def test_i11_what_is_not_listed_does_not_come_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    try:
        structlog.get_logger().info("call", method="Prepare", terminal="kiosk-1", name="辻󠄂　健吾", pin="1234")
    finally:
        structlog.reset_defaults()
    line = capsys.readouterr().err
    assert set(json.loads(line)) <= FIELDS
    assert "健吾" not in line
    assert "1234" not in line


def test_metrics_can_be_asked_for() -> None:
    metrics = CallMetrics()
    metrics.call_ended("Prepare", "OK", 0.02)
    metrics.call_ended("Prepare", "INVALID_ARGUMENT", 0.001)
    port = metrics.serve("127.0.0.1", 0)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        told = answer.read().decode()
    assert 'koufu_calls_total{method="Prepare",status="OK"} 1.0' in told
    assert "koufu_call_seconds_bucket" in told


def test_demo_data_serve_a_visit_with_real_sheets(tmp_path: Path) -> None:
    with a_server(tmp_path, printed=True, demo=True) as server:
        visit = server.visit("tsuji-kengo")
        for issued in visit.issue(HOUSEHOLD, SEAL):
            assert issued.file.startswith(b"%PDF-")
        visit.report()
        refused = server.visit("mori-kazue").offer()
        assert {kind.refusal for kind in refused.kinds} == {"withheld"}


def test_i10_a_variant_without_a_glyph_is_refused_before_money(tmp_path: Path) -> None:
    with a_server(tmp_path, printed=True, demo=True) as server:
        visit = server.visit("tsuji-akira")
        visit.offer()
        (reply,) = visit.prepare(visit.order())
        assert reply.refusal.reason == "character-missing"


def test_housekeeping_keeps_the_head_of_the_audit_log(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        server.visit("kengo").issue()
        keep_house(server.node)
        keep_house(server.node)
        (head,) = read_anchors(server.home / "audit-heads.log", [server.municipal_key.raw_public_key])
        assert head.audit_seq > 0


def test_i8_a_node_with_other_cas_of_terminals_is_another_node(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        home, keys, settings = server.home, server.node.keys, server.node.settings
    file, further = home / settings.tls_client_ca, make_ca(SystemClock().now()).x509
    first, own = node_digest(home, settings, keys), file.read_bytes()
    file.write_bytes(own + further)
    both = node_digest(home, settings, keys)
    # The same two in another order, with words between them.
    file.write_bytes(further + b"the first one:\n" + own)
    assert (both != first, node_digest(home, settings, keys) == both) == (True, True)
    file.write_bytes(b"none")
    with pytest.raises(ConfigurationError, match="CA"):
        node_digest(home, settings, keys)


def test_i8_a_node_with_other_fonts_is_another_node(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        home, keys, plain = server.home, server.node.keys, server.node.settings
    (home / "a.ttf").write_bytes(b"first")
    (home / "b.ttf").write_bytes(b"second")
    a, b = Path("a.ttf"), Path("b.ttf")
    chosen = [plain.model_copy(update={"value_fonts": fonts}) for fonts in ((), (a,), (a, b), (b, a))]
    digests = {node_digest(home, settings, keys) for settings in chosen}
    (home / "a.ttf").write_bytes(b"another")
    digests.add(node_digest(home, chosen[1], keys))
    assert len(digests) == 5
    (home / "a.ttf").unlink()
    with pytest.raises(ConfigurationError, match="value_fonts"):
        node_digest(home, chosen[1], keys)
