"""The font files of certificates: their places below the folder where Debian's packages put them."""

from pathlib import Path

FOLDER = Path("/usr/share/fonts/truetype")

IPAMJ_MINCHO = "ipamj/ipamjm.ttf"
MINCHO = "bizud-mincho/BIZUDMincho-Regular.ttf"
GOTHIC = "bizud-gothic/BIZUDGothic-Regular.ttf"
GOTHIC_BOLD = "bizud-gothic/BIZUDGothic-Bold.ttf"
PROPORTIONAL_GOTHIC = "bizud-gothic/BIZUDPGothic-Regular.ttf"
PROPORTIONAL_GOTHIC_BOLD = "bizud-gothic/BIZUDPGothic-Bold.ttf"


def installed(file: str) -> Path:
    """Where one of them lies on this machine, if its package is installed."""
    return FOLDER / file
