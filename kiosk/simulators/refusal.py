"""What a simulated party says no with."""


class PartyRefused(Exception):
    """A simulated party does not do what it was asked, and says why in a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
