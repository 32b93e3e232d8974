"""`make names`: 10,000 fuzzed residents, half of them with IPAmj Mincho alone, half with BIZ UD Mincho behind it. Where
it stands is kept in build/names/results.json, so a later run goes on; what was wrong stands there too."""

import json
import os
import sys
from pathlib import Path

from tests.names.campaign import Campaign, Tally
from tests.names.repertoire import BIZ_UD, IPAMJ

RESULTS = Path("build/names/results.json")
RESIDENTS = int(os.environ.get("KOUFU_NAMES", "10000"))
ROUND = 100
FONTS = {"IPAmj Mincho": (IPAMJ,), "IPAmj Mincho, then BIZ UD Mincho": (IPAMJ, BIZ_UD)}


def main() -> int:
    """Goes on until all residents had their documents; returns the exit status."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name, fonts in FONTS.items():
        before = kept.get(name, {})
        tally = Tally(wrong=list(before.get("wrong", ())))
        tally.counts.update({word: count for word, count in before.items() if isinstance(count, int)})
        campaign = Campaign(fonts)
        while tally.counts["residents"] < RESIDENTS // len(FONTS):
            campaign.run(tally.counts["residents"], ROUND, tally)
            kept[name] = {**tally.counts, "repertoire": len(campaign.deck), "wrong": tally.wrong}
            RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    print(json.dumps(kept, ensure_ascii=False, indent=2))
    return 1 if any(each["wrong"] for each in kept.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
