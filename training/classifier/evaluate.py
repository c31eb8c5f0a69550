"""Measure the exported classifier and calibrate it: `python -m training.classifier.evaluate`.

Writes <training dir>/classifier/figures.json: window accuracy and macro F1 on held-out songs, F1 per genre, the
temperature that minimises the negative log likelihood on validation windows, and the calibration error.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.metrics import f1_score

from training.classifier.windows import logits_of, onnx_runner
from training.genres import GENRE_IDS
from training.settings import MODELS_DIR, training_dir


def best_temperature(logits: np.ndarray, genres: np.ndarray) -> float:
    """Temperature T of softmax(logits / T) with the least negative log likelihood, 0.2..5.

    Songs that are nearly all named right would sharpen it without end, and make the network too sure of other music.
    """
    rows = np.arange(len(genres))
    cost = lambda log_t: -log_softmax(logits / np.exp(log_t), axis=1)[rows, genres].mean()
    return float(np.exp(minimize_scalar(cost, bounds=(np.log(0.2), np.log(5)), method="bounded").x))


def calibration_error(probabilities: np.ndarray, genres: np.ndarray, n_bins: int = 10) -> float:
    """Expected calibration error of the winning class, 0..1."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == genres
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    return float(
        sum(abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    )


def figures_of(logits: np.ndarray, genres: np.ndarray, temperature: float) -> dict:
    """Accuracy and F1 figures of one split."""
    guesses = logits.argmax(axis=1)
    per_genre = f1_score(genres, guesses, labels=range(len(GENRE_IDS)), average=None, zero_division=0)
    return {
        "accuracy": round(float((guesses == genres).mean()), 4),
        "macroF1": round(float(per_genre.mean()), 4),
        "chance": round(1 / len(GENRE_IDS), 4),
        "windows": len(genres),
        "calibrationError": round(calibration_error(softmax(logits / temperature, axis=1), genres), 4),
        "f1": {name: round(float(value), 3) for name, value in zip(GENRE_IDS, per_genre)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, default=MODELS_DIR / "classifier" / "model.onnx")
    arguments = parser.parse_args()
    run = onnx_runner(arguments.graph)
    path = training_dir() / "classifier" / "figures.json"
    figures = json.loads(path.read_text()) if path.exists() else {}
    temperature = best_temperature(*logits_of(run, "validation"))
    figures["temperature"] = round(temperature, 4)
    for split, name in (("heldout", "heldOut"), ("unseen", "unseenSounds")):
        figures[name] = figures_of(*logits_of(run, split), temperature)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=2))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
