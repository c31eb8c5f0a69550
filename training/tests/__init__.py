"""Quick tests of the training recipe: `python -m unittest discover -t . -s training/tests`."""
