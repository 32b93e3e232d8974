"""Figures of a photo that a terminal makes one by and a server refuses one by. Where they come from and since when they
hold, the server's dated rows say. Pure."""

PAPER_MM = (35.0, 45.0)
"""Width and height on paper."""
HEAD_MM = (32.0, 36.0)
"""Crown to chin, least and greatest."""
TOP_MARGIN_MM = (2.0, 6.0)
"""Above the crown, least and greatest."""
FILE_BYTES = (20 * 1024, 7_000_000)
"""Least and greatest. 20 KB and 7 MB can be read two ways: the narrower counts."""
FILE_SIDE = (480, 6000)
"""Pixels of either side, least and greatest."""
