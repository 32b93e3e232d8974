"""Where the campaigns keep what they found, and how long each runs."""

import os
from pathlib import Path

FOLDER = Path("build/fuzz")
MINUTES = float(os.environ.get("KOUFU_FUZZ_MINUTES", "10"))
