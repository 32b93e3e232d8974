"""What is on offer, when and for how much, and who may have it: pure rules over dated data."""
