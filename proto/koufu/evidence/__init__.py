"""Pure, hand-written bytes that kiosk, server and verifier must agree on. No IO, no generated code."""
