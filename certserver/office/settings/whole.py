"""Whether what would stand is whole: every kind that is offered can be made, and every purpose has a kind. Pure."""

from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.errors import ConfigurationError
from certserver.office.settings.content import Standing
from certserver.rules.in_force import newest, offered_somewhere, purposes_at
from koufu.evidence.words import TAX_KINDS

_CLAUSES_NEEDED = {
    ClauseSource.NATION: 0,
    ClauseSource.MUNICIPALITY: 1,
    ClauseSource.MUNICIPALITY_WHOLE_AND_PART: 2,
}


def require_whole(stood: Standing, at: int) -> None:
    """Raises `ConfigurationError` unless every kind that is offered at an instant can be made and suggested."""
    settings, profile = stood.settings, stood.profile(at)
    if profile is None:
        raise ConfigurationError("there is no profile yet: the file must have one")
    for kind in offered_somewhere(settings, at):
        has = {clause.whole for clause in profile.clauses if clause.kind is kind}
        if len(has) < _CLAUSES_NEEDED[forms_of(kind)[0].clause_source]:
            raise ConfigurationError(f"{kind.value} is offered, but the profile lacks a certification clause for it")
        if kind in TAX_KINDS and not any(row.years for row in newest(settings.tax_years, kind, at)):
            raise ConfigurationError(f"{kind.value} is offered, but no fiscal year of it: the file needs [[tax_years]]")
    known = {row.kind for row in settings.kinds}
    for purpose in purposes_at(settings, at):
        if purpose.kind is not None and purpose.kind not in known:
            raise ConfigurationError(f"purpose {purpose.code} suggests {purpose.kind.value}, which nobody set")
