"""Card applications as officers see and decide them: the inbox, one application, its check lists, and what is done."""
