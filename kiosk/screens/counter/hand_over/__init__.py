"""The hand-over of a card on both windows of the counter."""
