"""The colour roles of the screens, standard and high contrast. A role is a meaning: solid `go` takes you on, nothing
else does. Contrast ratios are checked by a test."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb."""

    paper: str
    desk: str
    seam: str
    """The line between paper and desk; the same as desk where the grey says it."""
    ink: str
    quiet: str
    """Secondary ink."""
    go: str
    go_lip: str
    on_go: str
    tint: str
    """Chosen, status."""
    tint_edge: str
    """Edge of a status band."""
    edge: str
    lip: str
    face: str
    """Of a key."""
    hairline: str
    ahead: str
    """Rings of steps ahead, dashed edges."""
    success: str
    error: str
    shield: str
    pin_face: str
    pin_ink: str
    pin_lip: str
    focus_outer: str
    focus_inner: str
    scrim: str

    def roles(self) -> dict[str, str]:
        """Role → colour."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


STANDARD = Palette(
    paper="#ffffff",
    desk="#f2f2f2",
    seam="#f2f2f2",
    ink="#1a1a1a",
    quiet="#4d4d4d",
    go="#0017c1",
    go_lip="#00118f",
    on_go="#ffffff",
    tint="#e8f1fe",
    tint_edge="#e8f1fe",
    edge="#666666",
    lip="#666666",
    face="#ffffff",
    hairline="#cccccc",
    ahead="#949494",
    success="#197a4b",
    error="#ce0000",
    shield="#1a1a1a",
    pin_face="#ffffff",
    pin_ink="#1a1a1a",
    pin_lip="#666666",
    focus_outer="#000000",
    focus_inner="#ffd43d",
    scrim="#1a1a1a",
)

CONTRAST = Palette(
    paper="#000000",
    desk="#000000",
    seam="#ffffff",
    ink="#ffffff",
    quiet="#ffffff",
    go="#ffd43d",
    go_lip="#c9a21a",
    on_go="#000000",
    tint="#000000",
    tint_edge="#ffd43d",
    edge="#ffffff",
    lip="#ffffff",
    face="#000000",
    hairline="#b3b3b3",
    ahead="#ffffff",
    success="#71c598",
    error="#ff9696",
    shield="#000000",
    pin_face="#ffffff",
    pin_ink="#000000",
    pin_lip="#b3b3b3",
    focus_outer="#ffffff",
    focus_inner="#ffffff",
    scrim="#000000",
)


def palette(*, contrast: bool) -> Palette:
    """The palette in use."""
    return CONTRAST if contrast else STANDARD
