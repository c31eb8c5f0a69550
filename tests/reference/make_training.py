"""Writes the reference numbers that the tests of src/core/training/{head,evaluation} compare with.

Needs numpy 2, scipy 1.17 and scikit-learn 1.9:  python tests/reference/make_training.py
"""

import json
from pathlib import Path

import numpy as np
import scipy.stats
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).parent


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=float).ravel()]


def table(rng, n, n_features, n_classes):
    """Overlapping classes of unequal size: rows [n x n_features], classes [n]."""
    share = np.arange(1, n_classes + 1) / np.arange(1, n_classes + 1).sum()
    classes = np.sort(rng.choice(n_classes, n, p=share))
    centres = rng.normal(size=(n_classes, n_features))
    mix = rng.normal(size=(n_features, n_features)) / np.sqrt(n_features)
    return np.round(centres[classes] + 1.5 * rng.normal(size=(n, n_features)) @ mix, 5), classes


def make_logistic(x, y, n_classes):
    cases = []
    for penalty, balanced in [(0.3, False), (3.0, False), (1.0, True)]:
        weight = "balanced" if balanced else None
        model = LogisticRegression(C=1 / penalty, class_weight=weight, tol=1e-10, max_iter=10_000).fit(x, y)
        cases.append({
            "penalty": penalty, "balanced": balanced, "weights": rounded(model.coef_),
            "bias": rounded(model.intercept_ - model.intercept_.mean()), "probabilities": rounded(model.predict_proba(x)[::7]),
        })
    return cases


def make_discriminant(x, y, n_classes):
    cases = []
    for shrinkage in [0.1, 0.5, 1.0]:
        priors = np.full(n_classes, 1 / n_classes)
        model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=shrinkage, priors=priors).fit(x, y)
        cases.append({"shrinkage": shrinkage, "probabilities": rounded(model.predict_proba(x)[::7])})
    return cases


def make_components(rng):
    n, d, k = 60, 12, 4
    x = np.round(rng.normal(size=(n, d)) * np.geomspace(5, 0.2, d) @ np.linalg.qr(rng.normal(size=(d, d)))[0] + 3, 5)
    model = PCA(k, svd_solver="full").fit(x)
    largest = model.components_[np.arange(k), np.abs(model.components_).argmax(axis=1)]
    directions = model.components_ * np.sign(largest)[:, None]
    return {
        "rows": rounded(x), "nColumns": d, "k": k, "directions": rounded(directions),
        "variances": rounded(model.explained_variance_), "projected": rounded((x - x.mean(axis=0)) @ directions.T),
    }


def make_scale(rng):
    x = np.round(rng.normal(size=(30, 5)) * [1, 10, 0.1, 3, 0] + [0, 5, 100, -2, 7], 5)
    x[3, 1] = x[7, 1] = x[9, 3] = np.nan
    scaler = StandardScaler().fit(x)
    z = np.nan_to_num(np.clip(scaler.transform(x), -5, 5))
    return {
        "rows": [None if np.isnan(v) else float(v) for v in x.ravel()], "nColumns": 5,
        "mean": rounded(scaler.mean_), "scale": rounded(scaler.scale_), "z": rounded(z),
    }


def expected_calibration_error(confidence, correct, n_bins=15):
    """Guo et al. 2017, eq. 3: bins (i / 15, (i + 1) / 15]."""
    bins = np.clip(np.ceil(confidence * n_bins) - 1, 0, n_bins - 1)
    gaps = [np.abs(correct[bins == b].sum() - confidence[bins == b].sum()) for b in range(n_bins)]
    return float(np.sum(gaps) / len(confidence))


def make_metrics(rng):
    n, m = 120, 5
    y = rng.choice(m, n, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    logits = rng.normal(size=(n, m)) + 1.2 * np.eye(m)[y]
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p = p.astype(np.float32).astype(float)
    guess = p.argmax(axis=1)
    precision, recall, f1, _ = precision_recall_fscore_support(y, guess, labels=range(m), zero_division=0)
    wilson = scipy.stats.binomtest(int((guess == y).sum()), n).proportion_ci(method="wilson")
    return {
        "probabilities": rounded(p), "classes": y.tolist(), "nGenres": m, "accuracy": float((guess == y).mean()),
        "low": wilson.low, "high": wilson.high, "precision": rounded(precision), "recall": rounded(recall), "f1": rounded(f1),
        "confusion": confusion_matrix(y, guess, labels=range(m)).tolist(),
        "calibrationError": expected_calibration_error(p.max(axis=1), guess == y),
    }


def make_mcnemar():
    """Mid-p of Fagerland, Lydersen & Laake 2013: the exact two-sided p less the probability of the outcome itself."""
    cases = []
    for b, c in [(0, 0), (1, 0), (5, 5), (3, 12), (30, 10), (400, 340)]:
        n, low = b + c, min(b, c)
        exact = min(1.0, 2 * scipy.stats.binom.cdf(low, n, 0.5))
        p = 1.0 if b == c else exact - scipy.stats.binom.pmf(low, n, 0.5)
        cases.append({"b": b, "c": c, "p": float(p)})
    return cases


def main():
    rng = np.random.default_rng(20)
    x, y = table(rng, 150, 6, 4)
    values = {
        "table": {"rows": rounded(x), "classes": y.tolist(), "nFeatures": 6, "nClasses": 4},
        "logistic": make_logistic(x, y, 4),
        "discriminant": make_discriminant(x, y, 4),
        "components": make_components(rng),
        "scale": make_scale(rng),
        "metrics": make_metrics(rng),
        "mcnemar": make_mcnemar(),
    }
    (HERE / "training.json").write_text(json.dumps(values, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
