"""The ledger of what was issued: searched, one document told, sheets called back, and who looked at somebody's data."""

from certserver.console.pages.ledger import document, person, recalls, search

PAGES = (*search.PAGES, *recalls.PAGES, *person.PAGES, *document.PAGES)
