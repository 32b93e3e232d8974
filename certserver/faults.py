"""How a fault that nobody foresaw is named to whoever runs the server. Its own text is never told: it may quote what
was being worked on."""


def place_of(fault: BaseException) -> str:
    """Type and place of a fault, as `KeyError at certserver.ledger.book:90`."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
    return type(fault).__name__ + where
