"""The source separator: one U-Net that predicts four soft masks at once."""
