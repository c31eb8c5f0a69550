"""The genre classifier: an ECAPA-TDNN over mel spectrograms."""
