"""Writes the reference numbers that the tests of the kernel head (src/core/training/head) compare with.

Needs numpy 2 and scikit-learn 1.9:  python tests/reference/make_kernel.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.feature_selection import f_classif
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.utils.class_weight import compute_sample_weight

HERE = Path(__file__).parent
N_FEATURES, N_CLASSES = 6, 3


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=float).ravel()]


def table(rng, n):
    """Overlapping classes of unequal size, cut at 2.5: rows [n x N_FEATURES], classes [n]."""
    classes = np.sort(rng.choice(N_CLASSES, n, p=[0.2, 0.3, 0.5]))
    centres = rng.normal(size=(N_CLASSES, N_FEATURES)) * [2, 1, 0.5, 0.2, 0, 0]
    rows = centres[classes] + rng.normal(size=(n, N_FEATURES))
    return np.round(np.clip(rows, -2.5, 2.5), 5), classes


def kernel(a, b, relevance):
    squares = ((a[:, None, :] - b[None, :, :]) ** 2 * relevance).sum(axis=2)
    return np.exp(-0.5 * squares)


def main():
    rng = np.random.default_rng(31)
    x, y = table(rng, 60)
    tested, _ = table(rng, 15)
    relevance = np.array([0.4, 0.3, 0.2, 0.1, 0, 0])
    weight = compute_sample_weight("balanced", y)
    targets = np.eye(N_CLASSES)[y] - 1 / N_CLASSES
    cases = []
    for penalty in [0.03, 0.3]:
        model = KernelRidge(alpha=penalty, kernel="precomputed").fit(kernel(x, x, relevance), targets, sample_weight=weight)
        scores = model.predict(kernel(tested, x, relevance)) + 1 / N_CLASSES
        # Every third row as a landmark: ridge regression on features whose inner products are the landmarks' kernel.
        landmarks = x[::3]
        lower = np.linalg.cholesky(kernel(landmarks, landmarks, relevance))
        features = [np.linalg.solve(lower, kernel(landmarks, rows, relevance)).T for rows in (x, tested)]
        ridge = Ridge(alpha=penalty, fit_intercept=False).fit(features[0], targets, sample_weight=weight)
        part = ridge.predict(features[1]) + 1 / N_CLASSES
        cases.append({"penalty": penalty, "scores": rounded(scores), "ofLandmarks": rounded(part)})
    reference = {
        "nFeatures": N_FEATURES, "nClasses": N_CLASSES, "rows": rounded(x), "classes": y.tolist(), "tested": rounded(tested),
        "relevance": rounded(relevance), "ratios": rounded(f_classif(x, y)[0]), "cases": cases,
    }
    (HERE / "kernel.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
