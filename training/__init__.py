"""Training recipes of the models that Stemscape bundles: corpus, separator, classifier, export, demo."""
