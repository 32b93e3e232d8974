"""A ccTalk bus without money: acceptors and hoppers that speak the real bytes, steerable while they run."""
