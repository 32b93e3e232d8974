"""What both ends must agree on about the photo of a card application: words and figures. Pure."""
