"""What can't be read of what a municipality set, as subjects of a draft: what would have to be set anew. Pure."""

from collections.abc import Mapping

from certserver.office.settings.content import Content, Standing
from certserver.office.settings.difference import PROFILE_FIELDS, Area, Subject, facets
from certserver.office.settings.merging import taken_over
from certserver.office.settings.parts import ProfilePart
from certserver.rules.unread import OF_KINDS, Stored, Unread
from koufu.evidence.words import CertificateKind

_LISTS: Mapping[Stored, Area] = {
    Stored.CLOSURES: Area.CLOSURES,
    Stored.PURPOSES: Area.PURPOSES,
    Stored.IDENTITY: Area.IDENTITY,
    Stored.CARD_MAKER: Area.CARD_MAKER,
    Stored.REFUSALS: Area.REFUSALS,
    Stored.COMMISSIONS: Area.POST_OFFICES,
}
_KNOWN = frozenset(kind.value for kind in CertificateKind)


def subjects_of(unread: Unread) -> frozenset[Subject]:
    """What a draft has to set for it to be read again; nothing for a kind that this build does not know. A kind stands
    with choices, fees and hours, or not at all."""
    if unread.of is Stored.PROFILE:
        return frozenset(map(Subject, PROFILE_FIELDS))
    if unread.of is Stored.RETENTION:
        return frozenset({Subject(Area.RETENTION, unread.name)})
    if unread.of not in OF_KINDS:
        return frozenset({Subject(_LISTS[unread.of])})
    if unread.name not in _KNOWN:
        return frozenset()
    areas = (Area.TAX_YEARS,) if unread.of is Stored.TAX_YEARS else (Area.CHOICES, Area.FEES, Area.HOURS)
    return frozenset(Subject(area, unread.name) for area in areas)


def last_profile(stood: Standing, at: int) -> ProfilePart | None:
    """The profile that stands at an instant (Unix seconds), or else the last before it that can be read: as it is,
    also where it is refused by now, so that a form can show it."""
    profile = stood.as_last_read().profile(at)
    if profile is None:
        return None
    return ProfilePart.model_construct(**{name: getattr(profile, name) for name in ProfilePart.model_fields})


def as_last_read(stood: Standing, at: int) -> Content:
    """What can't be read at an instant (Unix seconds), as far as it could be read before: nothing where it never
    could."""
    before = stood.as_last_read().content(at)
    lost = {subject for each in stood.unread(at) for subject in subjects_of(each)}
    return taken_over(stood.content(at), before, lost & facets(before).keys())
