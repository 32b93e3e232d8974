"""ESC/POS printers: commands and lines through python-escpos in one file, status, slips, and pages as raster."""
