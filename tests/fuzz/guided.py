"""Fuzzing that follows which lines it reached (atheris, on libFuzzer): a process of its own for each reader of what
stands on paper or comes in a picture. What it finds worth keeping lies in build/fuzz/corpus, so a later run goes on;
bytes that broke a reader lie in build/fuzz."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.settings import FOLDER, MINUTES

CORPUS = Path(__file__).with_name("corpus")
"""A folder of small files for each reader, as they stood when the campaign began."""

NAMES = ("seal-code", "payload", "page", "bundle", "trust-list", "face-code", "picture")
TIMEOUT_S = 10
MEMORY_MB = 2048
LONGEST = 20_000
_PARTS = ["koufu.evidence", "certserver.verify.pictures"]


def reader_of(name: str, root: Path) -> Callable[[bytes], None]:
    """Eats bytes as a reader does; whatever else than its faults comes out is a finding."""
    from tests.fuzz.readers import readers  # under instruments, when a campaign runs

    target = readers(root)[name]

    def take(data: bytes) -> None:
        with contextlib.suppress(*target.faults):
            target.take(data)

    return take


def run(name: str, seconds: int) -> None:
    """Fuzzes one reader in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=_PARTS):
        take = reader_of(name, Path.cwd())
    corpus = FOLDER / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    arguments = [
        *(sys.argv[0], str(corpus), str(CORPUS / name)),
        *(f"-max_total_time={seconds}", f"-timeout={TIMEOUT_S}", f"-rss_limit_mb={MEMORY_MB}"),
        *(f"-max_len={LONGEST}", f"-artifact_prefix={FOLDER}/{name}-", "-verbosity=0", "-print_final_stats=1"),
    ]
    atheris.Setup(arguments, take)
    atheris.Fuzz()


def main(names: list[str]) -> int:
    """Fuzzes each reader in turn for the minutes that KOUFU_FUZZ_MINUTES says; the exit status is 1 when one broke."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    broke = []
    for name in names or NAMES:
        script = f"from tests.fuzz.guided import run; run({name!r}, {round(60 * MINUTES)})"
        if subprocess.run([sys.executable, "-c", script], env=os.environ, check=False).returncode:
            broke.append(name)
        print(f"{name}: {'broke, see build/fuzz' if name in broke else 'held'}", flush=True)
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
