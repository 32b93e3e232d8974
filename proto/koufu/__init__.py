"""What both ends share: the wire messages (`koufu.v1`) and the exact bytes of evidence (`koufu.evidence`)."""
