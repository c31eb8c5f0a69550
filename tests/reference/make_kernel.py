"""Writes the reference numbers that the tests of the kernel head (src/core/training/head) compare with.

Needs numpy 2 and scikit-learn 1.9:  python tests/reference/make_kernel.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.feature_selection import f_classif
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.semi_supervised import LabelSpreading
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


def spreading(rng):
    """Labels of 6 of 40 nodes, spread along 100 links: what scikit-learn says of the others, before its rows are made to sum to 1."""
    n, n_labelled, n_links = 40, 6, 100
    pairs = np.array([(a, b) for a in range(n) for b in range(a + 1, n)])
    links = pairs[np.sort(rng.choice(len(pairs), n_links, replace=False))]
    affinities = np.round(rng.random(n_links), 5)
    matrix = np.zeros((n, n))
    matrix[links[:, 0], links[:, 1]] = affinities
    matrix += matrix.T
    classes = np.arange(n_labelled) % N_CLASSES
    model = LabelSpreading(kernel=lambda *_: matrix, alpha=0.5, max_iter=1000, tol=1e-12)
    model.fit(np.zeros((n, 1)), np.concatenate([classes, np.full(n - n_labelled, -1)]))
    return {
        "n": n, "from": links[:, 0].tolist(), "to": links[:, 1].tolist(), "affinities": rounded(affinities),
        "classes": classes.tolist(), "shares": rounded(model.label_distributions_[n_labelled:]),
    }


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
        "spreading": spreading(rng),
    }
    (HERE / "kernel.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
