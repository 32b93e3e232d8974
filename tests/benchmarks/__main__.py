"""`make bench`: what a whole visit costs the server, and the same page by WeasyPrint and stock ReportLab in the same
run, in turn. Writes build/bench/results.json and prints it."""

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.demo.stage.processes import Running
from kiosk.demo.stage.site import MAIN_CARD, make_site
from tests.benchmarks import peers, results
from tests.benchmarks.served import holder_of, served
from tests.benchmarks.visit import Holder, Station, visit

OUT = Path("build/bench")
WARM_UP = 30
ROUNDS = 5
VISITS_A_ROUND = 60
PEER_PAGES_A_ROUND = 5
STREAMS = 8
THROUGHPUT_VISITS = 400


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the results."""

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None

    def row(self) -> dict[str, object]:
        """As it stands in the file. A ratio is how many times more the peer takes."""
        row: dict[str, object] = {"name": self.name, "value": round(self.value, 3), "unit": self.unit}
        if self.peer is not None and self.peer_value is not None:
            row |= {
                "peer": self.peer,
                "peer_value": round(self.peer_value, 3),
                "ratio": round(self.peer_value / self.value, 2),
            }
        return row


def main() -> int:
    """Measures everything; returns the exit status."""
    shutil.rmtree(OUT / "site", ignore_errors=True)
    site = make_site(OUT / "site", (MAIN_CARD,))
    holder = holder_of(site)
    with served(site, 1) as (server, station):
        alternating, latencies, sheet = _alternate(server, station, holder)
        memory = max(process.memory_info().rss for process in _family(server)) / 1e6
    with served(site, 2) as (_, station):
        throughput = _throughput(station, holder)
    visit_ms = alternating["visit"]
    figures = [
        Figure("certificate_cpu_ms", visit_ms, "ms CPU a visit"),
        Figure("certificates_per_s_2_workers", throughput, "1/s"),
        Figure("latency_p50_ms", statistics.median(latencies), "ms"),
        Figure("latency_p99_ms", statistics.quantiles(latencies, n=100)[98], "ms"),
        Figure("peak_rss_mb", memory, "MB, largest process"),
        Figure("weasyprint_ratio", visit_ms, "ms CPU", "WeasyPrint, the face alone", alternating["weasyprint"]),
        Figure("reportlab_ratio", visit_ms, "ms CPU", "stock ReportLab, the face alone", alternating["reportlab"]),
        Figure("file_kb", len(sheet) / 1000, "kB a one-page document, both sides"),
    ]
    rows = [figure.row() for figure in figures]
    results.keep(rows)
    for row in rows:
        beside = f"   {row['peer']}: {row['peer_value']} ({row['ratio']} times)" if "peer" in row else ""
        print(f"{row['name']:32} {row['value']:>10} {row['unit']}{beside}")
    return 0


def _family(server: Running) -> list[psutil.Process]:
    parent = psutil.Process(server.pid)
    return [parent, *parent.children(recursive=True)]


def _cpu_s(server: Running) -> float:
    return sum(
        (float(times.user + times.system) for times in (process.cpu_times() for process in _family(server))), 0.0
    )


def _alternate(server: Running, station: Station, holder: Holder) -> tuple[dict[str, float], list[float], bytes]:
    """Median milliseconds of CPU of a visit and of each peer's page, in alternating rounds; the latencies in
    milliseconds of all visits; a decrypted document. All visits share one channel, as a terminal keeps its own: the
    TLS handshake is not in them, the encryption of every message is."""
    with station.channel() as channel:
        for _ in range(WARM_UP):
            visit(channel, station, holder)
        visited = visit(channel, station, holder)
        sheet = AESGCM(visited.key).decrypt(visited.encrypted[:12], visited.encrypted[12:], None)
        page = peers.page_of(sheet)
        html = peers.html_of(page)
        peers.prepare_stock_reportlab()
        peers.weasyprint_page(html)
        peers.stock_reportlab_page(page)
        costs: dict[str, list[float]] = {"visit": [], "weasyprint": [], "reportlab": []}
        latencies: list[float] = []
        for _ in range(ROUNDS):
            before = _cpu_s(server)
            latencies += [visit(channel, station, holder).seconds * 1000 for _ in range(VISITS_A_ROUND)]
            costs["visit"].append((_cpu_s(server) - before) * 1000 / VISITS_A_ROUND)
            costs["weasyprint"].append(_own_cpu_ms(lambda: peers.weasyprint_page(html)))
            costs["reportlab"].append(_own_cpu_ms(lambda: peers.stock_reportlab_page(page)))
    return {name: statistics.median(values) for name, values in costs.items()}, latencies, sheet


def _own_cpu_ms(draw: Callable[[], bytes]) -> float:
    before = time.process_time()
    for _ in range(PEER_PAGES_A_ROUND):
        draw()
    return (time.process_time() - before) * 1000 / PEER_PAGES_A_ROUND


def _throughput(station: Station, holder: Holder) -> float:
    """Visits a second with several terminals at once; the clients run on the same processors."""

    def stream(visits: int) -> None:
        with station.channel() as channel:
            for _ in range(visits):
                visit(channel, station, holder)

    with ThreadPoolExecutor(STREAMS) as streams:
        list(streams.map(stream, [4] * STREAMS))
        began = time.perf_counter()
        list(streams.map(stream, [THROUGHPUT_VISITS // STREAMS] * STREAMS))
        return THROUGHPUT_VISITS / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
