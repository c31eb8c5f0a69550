"""How far the frozen embedding carries to real music: `python -m training.classifier.probe FOLDER`.

FOLDER holds one folder of short clips per genre. A logistic regression on standardized embeddings is trained and tested
in 10 folds; mean and deviation of the mel bands, treated the same way, are the comparison. The network itself learns
nothing from these clips.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from training.classifier.mel import mel_power, to_db
from training.classifier.windows import onnx_runner
from training.genres import GENRE_IDS
from training.settings import MEL_SAMPLE_RATE_HZ, MODELS_DIR, training_dir


def clip_mel(path: Path) -> np.ndarray:
    """A clip's mel in dB [frames x 128]."""
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = audio.mean(axis=1)
    if rate != MEL_SAMPLE_RATE_HZ:
        mono = resample_poly(mono, MEL_SAMPLE_RATE_HZ, rate).astype(np.float32)
    return to_db(mel_power(mono))


def probe_accuracy(features: np.ndarray, labels: np.ndarray) -> float:
    """Share of clips named rightly over 10 folds."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    return float((cross_val_predict(model, features, labels, cv=folds) == labels).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--graph", type=Path, default=MODELS_DIR / "classifier" / "model.onnx")
    arguments = parser.parse_args()
    run = onnx_runner(arguments.graph)
    embeddings, simple, labels, direct = [], [], [], []
    for path in sorted(arguments.folder.glob("*/*")):
        mel = clip_mel(path)
        embedding, logits = run(mel[None])
        embeddings.append(embedding[0])
        simple.append(np.concatenate([mel.mean(axis=0), mel.std(axis=0)]))
        labels.append(path.parent.name)
        direct.append(GENRE_IDS[int(logits[0].argmax())] == path.parent.name)
    labels = np.array(labels)
    result = {
        "clips": len(labels),
        "genres": len(set(labels)),
        "chance": round(1 / len(set(labels)), 4),
        "accuracy": round(probe_accuracy(np.array(embeddings), labels), 4),
        "melStatisticsAccuracy": round(probe_accuracy(np.array(simple), labels), 4),
        "accuracyWithoutTraining": round(float(np.mean(direct)), 4),
    }
    path = training_dir() / "classifier" / "figures.json"
    figures = json.loads(path.read_text()) if path.exists() else {}
    figures["genreDevProbe"] = result
    path.write_text(json.dumps(figures, indent=2))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
