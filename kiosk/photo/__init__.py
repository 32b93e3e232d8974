"""The photo of a card application: what is seen in it, how it is cut, and what follows. The clerk decides."""
