"""Writes the reference numbers that the tests of src/core/laboratory/numeric compare with.

Needs numpy 2 and scikit-learn 1.9:  python tests/reference/make_laboratory.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import RandomForestClassifier
from sklearn.svm import SVC

HERE = Path(__file__).parent
N_LEARNED = 90
N_COLUMNS = 20
N_CLASSES = 3
N_TELLING = 4


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=float).ravel()]


def table(rng):
    """150 rows in 3 overlapping classes; only the first columns tell them apart, the first one most."""
    classes = np.arange(150) % N_CLASSES
    rng.shuffle(classes)
    rows = rng.normal(size=(150, N_COLUMNS))
    centres = rng.normal(size=(N_CLASSES, N_TELLING)) * np.array([2.4, 1.8, 1.4, 1.1])
    rows[:, :N_TELLING] += centres[classes]
    return np.round(rows, 5), classes


def main():
    rows, classes = table(np.random.default_rng(6))
    learned, tested = rows[:N_LEARNED], rows[N_LEARNED:]
    fits = []
    for cost, gamma in [(1, 0.05), (16, 0.01), (4, 0.2)]:
        model = SVC(C=cost, gamma=gamma, kernel="rbf").fit(learned, classes[:N_LEARNED])
        fits.append({"cost": cost, "gamma": gamma, "guesses": model.predict(tested).tolist()})
    svd = TruncatedSVD(5, algorithm="arpack").fit(learned)
    projected = tested @ svd.components_.T
    # Directions have no sign of their own: the largest entry is made positive.
    signs = np.sign(svd.components_[np.arange(5), np.abs(svd.components_).argmax(axis=1)])
    forest = RandomForestClassifier(10000, max_features="sqrt", random_state=0).fit(learned, classes[:N_LEARNED])
    reference = {
        "rows": rounded(rows),
        "nColumns": N_COLUMNS,
        "nLearned": N_LEARNED,
        "nClasses": N_CLASSES,
        "classes": classes.tolist(),
        "svc": fits,
        "svd": {"k": 5, "projected": rounded(projected * signs)},
        "importance": rounded(forest.feature_importances_),
    }
    (HERE / "laboratory.json").write_text(json.dumps(reference, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
