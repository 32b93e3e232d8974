"""The sensor board: a microcontroller on a serial line, by the protocol of docs/sensor-board.md."""
