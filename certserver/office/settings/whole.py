"""Whether what would stand is whole: every kind that is offered can be made, and every purpose has a kind. Pure."""

from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.objections import Objected, Objection
from certserver.office.settings.content import Standing
from certserver.rules.in_force import newest, offered_somewhere, purposes_at
from certserver.rules.unread import Stored, unread_at
from koufu.evidence.words import TAX_KINDS

_CLAUSES_NEEDED = {
    ClauseSource.NATION: 0,
    ClauseSource.MUNICIPALITY: 1,
    ClauseSource.MUNICIPALITY_WHOLE_AND_PART: 2,
}


def require_whole(stood: Standing, at: int) -> None:
    """Raises `ConfigurationError` unless every kind that is offered at an instant can be made and suggested."""
    settings, profile = stood.settings, stood.profile(at)
    if unread_at(settings.unread, at, (Stored.PROFILE,)):
        # Nothing is issued until it is set anew, and then this is asked again.
        return
    if profile is None:
        raise Objected(Objection.NO_PROFILE)
    for kind in offered_somewhere(settings, at):
        has = {clause.whole for clause in profile.clauses if clause.kind is kind}
        if len(has) < _CLAUSES_NEEDED[forms_of(kind)[0].clause_source]:
            raise Objected(Objection.CLAUSE_MISSING, kind=kind)
        if kind in TAX_KINDS and not any(row.years for row in newest(settings.tax_years, kind, at)):
            raise Objected(Objection.YEARS_MISSING, kind=kind)
    known = {row.kind.value for row in settings.kinds} | {each.name for each in settings.unread}
    for purpose in purposes_at(settings, at):
        if purpose.kind is not None and purpose.kind.value not in known:
            raise Objected(Objection.PURPOSE_WITHOUT_KIND, code=purpose.code, kind=purpose.kind)
