"""Training batches: stems of stored songs, mixed anew with random partners, gains and sides."""

import json
from pathlib import Path

import numpy as np
import torch

from training.settings import HOP_SAMPLES, STEMS, training_dir


class StemLibrary:
    """The songs of one split, memory-mapped; knows which stems of each song sound."""

    def __init__(self, split: str):
        folder = training_dir() / "corpus" / split
        self.songs: list[tuple[Path, list[int]]] = []
        for record in sorted(folder.glob("*.json")):
            active = json.loads(record.read_text())["activeStems"]
            self.songs.append((record.with_suffix(".npy"), [STEMS.index(name) for name in active]))
        self.whole = [i for i, (_, active) in enumerate(self.songs) if len(active) > 1]
        self.having = [[i for i, (_, active) in enumerate(self.songs) if stem in active] for stem in range(len(STEMS))]

    def excerpt(self, song: int, stem: int | None, start: int, n: int) -> np.ndarray:
        """float32 [4 x 2 x n], or [2 x n] of one stem, full scale 1."""
        audio = np.load(self.songs[song][0], mmap_mode="r")
        picked = audio[:, :, start : start + n] if stem is None else audio[stem, :, start : start + n]
        return picked.astype(np.float32) / 32768

    def n_samples(self, song: int) -> int:
        """Length of a song."""
        return np.load(self.songs[song][0], mmap_mode="r").shape[2]


def tilted(stem: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A cheap random tone: first-order difference or mean mixed in."""
    amount = float(rng.uniform(-0.35, 0.6))
    result = stem.copy()
    result[:, 1:] -= amount * stem[:, :-1]
    return result


def respeeded(excerpt: np.ndarray, n: int, speed: float) -> np.ndarray:
    """[2 x m] -> [2 x n] played at another speed, pitch with it (linear interpolation)."""
    position = np.arange(n) * speed
    low = position.astype(int)
    weight = (position - low).astype(np.float32)
    return excerpt[:, low] * (1 - weight) + excerpt[:, low + 1] * weight


def partner(library: StemLibrary, stem: int, rng: np.random.Generator, n: int) -> np.ndarray:
    """One stem of any song, at a random speed half of the time."""
    song = int(rng.choice(library.having[stem]))
    speed = float(np.exp(rng.uniform(-0.2, 0.2))) if rng.random() < 0.5 else 1.0
    n_needed = int(n * speed) + 2
    excerpt = library.excerpt(song, stem, int(rng.integers(library.n_samples(song) - n_needed)), n_needed)
    return excerpt[:, :n] if speed == 1.0 else respeeded(excerpt, n, speed)


def example(library: StemLibrary, rng: np.random.Generator, n: int) -> np.ndarray:
    """float32 [4 x 2 x n]: four times in ten one song, else each stem from any song."""
    if rng.random() < 0.4:
        song = int(rng.choice(library.whole))
        stems = library.excerpt(song, None, int(rng.integers(library.n_samples(song) - n)), n)
    else:
        stems = np.stack([partner(library, stem, rng, n) for stem in range(len(STEMS))])
    for stem in range(len(STEMS)):
        stems[stem] *= 10 ** (rng.normal(0, 4) / 20) * (rng.random() > 0.08)
        if rng.random() < 0.5:
            stems[stem] = stems[stem, ::-1]
        if rng.random() < 0.4:
            stems[stem] = tilted(stems[stem], rng)
        if rng.random() < 0.15:
            stems[stem] = stems[stem].mean(axis=0)
    return stems.mean(axis=1, keepdims=True).repeat(2, 1) if rng.random() < 0.12 else stems


def batch(library: StemLibrary, rng: np.random.Generator, n_examples: int, n_frames: int) -> torch.Tensor:
    """float32 [n_examples, 4, 2, samples] whose STFT has n_frames frames."""
    n = (n_frames - 1) * HOP_SAMPLES
    return torch.from_numpy(np.stack([example(library, rng, n) for _ in range(n_examples)]))
