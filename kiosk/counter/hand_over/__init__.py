"""The hand-over of a card at a municipal counter, also to a proxy, as a case of the clerk's desk."""
