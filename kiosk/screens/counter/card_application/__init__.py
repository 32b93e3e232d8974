"""A card application on both windows of the counter."""
