"""The recipients' web page: what a sheet says and who signed it, read in the browser; nothing leaves it unasked."""
