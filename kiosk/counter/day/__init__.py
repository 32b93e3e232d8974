"""The account of a clerk's day: an append-only ledger of entries, and the sums that follow from them. Pure."""
