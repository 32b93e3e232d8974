"""`make fuzz`: mutates true bytes and feeds them to every parser, round after round. Where it stands is kept in
build/fuzz/progress.json, so a later run goes on; bytes that broke a parser are kept beside it."""

import json
import random
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.settings import FOLDER, MINUTES
from tests.fuzz.targets import Target, targets

ROUND = 2_000
SLOW_S = 1.0
LONGEST = 70_000
ENOUGH = 20


def mutate(source: random.Random, seed: bytes) -> bytes:
    """A few cuts, flips, repeats, insertions and lengths gone wrong."""
    data = bytearray(seed)
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(data) + 1)
        match source.randrange(6):
            case 0 if data:
                data[at % len(data)] ^= 1 << source.randrange(8)
            case 1:
                data[at:at] = source.randbytes(source.randint(1, 40))
            case 2:
                del data[at : at + source.randint(1, 40)]
            case 3:
                data[at:at] = data[at : at + source.randint(1, 400)] * source.randint(1, 4)
            case 4:
                data[at : at + 4] = source.choice((b"\xff" * 4, bytes(4), b"\x00\x00\x00\x01", b"\x7f\xff\xff\xff"))
            case _:
                data = data[:at]
    return bytes(data[:LONGEST])


def broken(target: Target, data: bytes) -> str | None:
    """Why the parser broke on these bytes, or None when it did what it may."""
    began = time.process_time()
    try:
        target.take(data)
    except target.faults:
        pass
    except Exception:  # noqa: BLE001 - whatever else comes out is what the campaign looks for
        return traceback.format_exc()
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > SLOW_S else None


def campaign(root: Path, minutes: float) -> int:
    """Runs until the time is over; returns how many inputs broke a parser."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    progress_file = FOLDER / "progress.json"
    progress: dict[str, int] = json.loads(progress_file.read_text()) if progress_file.exists() else {}
    every = targets(root)
    until = time.monotonic() + minutes * 60
    failures = 0
    while time.monotonic() < until and failures < ENOUGH:
        target = min(every, key=lambda each: progress.get(each.name, 0))
        number = progress.get(target.name, 0)
        source = random.Random(f"{target.name}/{number}")
        for _ in range(ROUND):
            data = mutate(source, source.choice(target.seeds))
            why = broken(target, data)
            if why is not None:
                failures += 1
                (FOLDER / f"{target.name}-{number}-{failures}.bin").write_bytes(data)
                print(f"{target.name}, round {number}: {why}", file=sys.stderr)
                if failures == ENOUGH:
                    return failures
        progress[target.name] = number + 1
        progress_file.write_text(json.dumps(progress, indent=2) + "\n")
    rounds = sum(progress.values())
    print(f"{rounds} rounds of {ROUND} inputs so far over {len(every)} parsers; {failures} broke one in this run.")
    return failures


if __name__ == "__main__":
    sys.exit(1 if campaign(Path.cwd(), MINUTES) else 0)
