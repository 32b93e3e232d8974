"""What hangs on a kiosk: card readers, cash, trays, key pads. Knows no Qt and no gRPC."""
