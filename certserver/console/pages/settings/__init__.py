"""The pages of what a municipality sets: what stands, forms that put changes into drafts, and the drafts themselves."""

from certserver.console.pages.settings import (
    calendar,
    drafts,
    kinds,
    overview,
    post_offices,
    previews,
    profile,
    purposes,
    refusals,
    then,
)

PAGES = (
    *overview.PAGES,
    *kinds.PAGES,
    *calendar.PAGES,
    *purposes.PAGES,
    *refusals.PAGES,
    *post_offices.PAGES,
    *profile.PAGES,
    *drafts.PAGES,
    *previews.PAGES,
    *then.PAGES,
)
