"""Card applications: the inbox, one application with its documents and decisions, who may take a card, the express
queue, and what was taken in for other municipalities."""

from certserver.console.pages.applications import attachments, elsewhere, express, inbox, one, papers, proxy

PAGES = (
    *inbox.PAGES,
    *express.PAGES,
    *elsewhere.PAGES,
    *one.PAGES,
    *proxy.PAGES,
    *attachments.PAGES,
    *papers.PAGES,
)
