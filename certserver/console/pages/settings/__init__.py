"""The pages of what a municipality sets: what stands, forms that put changes into drafts, and the drafts themselves."""

from certserver.console.pages.settings import (
    calendar,
    drafts,
    kinds,
    overview,
    previews,
    profile,
    purposes,
    then,
)

PAGES = (
    *overview.PAGES,
    *kinds.PAGES,
    *calendar.PAGES,
    *purposes.PAGES,
    *profile.PAGES,
    *drafts.PAGES,
    *previews.PAGES,
    *then.PAGES,
)
