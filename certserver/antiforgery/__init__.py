"""What makes a sheet prove itself: copy-warning ground, codes, detection image."""
