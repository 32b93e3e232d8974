"""The pure flow: what the terminal does next, decided in one place. Knows no window, wire, device, clock or thread."""
