"""Ten-second windows of stored songs, with the mel computed from the waveform as the engine does."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime

from training.classifier.mel import mel_db
from training.genres import GENRE_IDS
from training.settings import SAMPLE_RATE_HZ, WINDOW_SEC, training_dir


def song_windows(split: str) -> Iterator[tuple[np.ndarray, int]]:
    """(mel dB [431 x 128], genre index) of every whole window of every song of the split."""
    n = int(WINDOW_SEC * SAMPLE_RATE_HZ)
    for record in sorted((training_dir() / "corpus" / split).glob("*.json")):
        genre = GENRE_IDS.index(json.loads(record.read_text())["style"])
        mixture = np.load(record.with_suffix(".npy")).astype(np.float32).sum(axis=0) / 32768
        for start in range(0, mixture.shape[1] - n + 1, n):
            yield mel_db(mixture[:, start : start + n]), genre


def onnx_runner(graph: Path):
    """mel [batch x frames x 128] -> (embedding, logits), through ONNX Runtime on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    return lambda mel: session.run(["embedding", "logits"], {"mel": mel.astype(np.float32)})


def logits_of(run, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Logits [windows x genres] and genre indices [windows] of a split."""
    logits, genres = [], []
    for mel, genre in song_windows(split):
        logits.append(run(mel[None])[1][0])
        genres.append(genre)
    return np.array(logits), np.array(genres)
