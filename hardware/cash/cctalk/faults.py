"""What can go wrong between the host and one peripheral. None of these leaves this package: the cash device turns them
into problems, events and payouts."""


class BusFault(Exception):
    """A command did not get the answer that it wants."""


class WireDown(BusFault):
    """The serial port can't be opened, or broke."""


class NoReply(BusFault):
    """Nothing that can be read came back. The peripheral may have done what it was told all the same."""


class NotDone(BusFault):
    """The peripheral says that it did not do it: NAK or busy."""


class WrongPeripheral(BusFault):
    """Another kind of peripheral, or another coin, than the layout says; or one that this driver can't serve."""
