"""What both ends must agree on about card applications and procedures on cards: how the form's fields are written,
and how a procedure ended. Pure."""
