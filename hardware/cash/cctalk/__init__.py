"""Coin acceptor, bill validator and hoppers on a ccTalk bus, and a virtual bus that speaks the same bytes."""
