"""The use cases of terminals about themselves: enrolling, renewing their X.509s, telling how they are."""
