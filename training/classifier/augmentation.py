"""Random variations of a training excerpt, all on mel power: remix, tone, speed, noise, bandwidth, masks."""

import numpy as np

from training.classifier.mel import to_db
from training.settings import N_MELS

N_STEMS = 4


def remixed(power_db: np.ndarray, active: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """[5 x frames x 128] dB -> power [frames x 128] and which stems remain. Four in ten keep the true mixture."""
    power = 10 ** (power_db.astype(np.float32) / 10)
    if rng.random() < 0.4:
        return power[N_STEMS], active
    gains = 10 ** (rng.normal(0, 5, N_STEMS) / 10)
    kept = active * (rng.random(N_STEMS) > 0.15)
    if kept.sum() == 0:
        kept = active
    return np.tensordot(gains * kept, power[:N_STEMS], axes=1), kept


def resized(power: np.ndarray, start: float, n_frames: int, speed: float, shift: float) -> np.ndarray:
    """n_frames from `start` at another speed, mel axis moved by `shift` bins (linear interpolation)."""
    position = np.clip(start + np.arange(n_frames) * speed, 0, len(power) - 1.001)
    low = position.astype(int)
    weight = (position - low)[:, None]
    result = power[low] * (1 - weight) + power[low + 1] * weight
    if shift:
        bins = np.clip(np.arange(N_MELS) - shift, 0, N_MELS - 1.001)
        left = bins.astype(int)
        fraction = bins - left
        result = result[:, left] * (1 - fraction) + result[:, left + 1] * fraction
    return result


def toned(power: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A smooth random frequency response, noise, and sometimes a low-pass as of a codec or an old recording."""
    curve_db = np.interp(np.arange(N_MELS), np.linspace(0, N_MELS - 1, 6), rng.normal(0, 4, 6))
    curve_db = curve_db + rng.normal(0, 4) * (np.arange(N_MELS) / N_MELS - 0.5)
    power = power * 10 ** (curve_db / 10)
    if rng.random() < 0.25:
        cutoff = int(rng.integers(80, N_MELS))
        power[:, cutoff:] *= 10 ** (-np.arange(N_MELS - cutoff) * rng.uniform(0.5, 4) / 10)
    if rng.random() < 0.2:
        power[:, : int(rng.integers(1, 8))] *= 0.03
    if rng.random() < 0.5:
        level = power.max() * 10 ** (-rng.uniform(30, 75) / 10)
        power = power + level * rng.exponential(1.0, power.shape) * np.linspace(1, rng.uniform(0.05, 1), N_MELS)
    return power


def masked(db: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """SpecAugment: a band and a span replaced by the mean."""
    if rng.random() < 0.6:
        width = int(rng.integers(2, 16))
        low = int(rng.integers(0, N_MELS - width))
        db[:, low : low + width] = db.mean()
    if rng.random() < 0.6:
        width = int(rng.integers(2, max(3, len(db) // 6)))
        low = int(rng.integers(0, len(db) - width))
        db[low : low + width] = db.mean()
    return db


def training_example(power_db: np.ndarray, active: np.ndarray, n_frames: int, rng: np.random.Generator):
    """[5 x frames x 128] -> mel dB [n_frames x 128], stems heard [4], speed factor."""
    speed = float(np.exp(rng.normal(0, 0.07))) if rng.random() < 0.5 else 1.0
    shift = float(rng.normal(0, 1.5)) if rng.random() < 0.4 else 0.0
    n_needed = min(int(n_frames * speed) + 3, power_db.shape[1])
    start = int(rng.integers(0, power_db.shape[1] - n_needed + 1))
    power, kept = remixed(power_db[:, start : start + n_needed], active, rng)
    power = resized(power, 0.0, n_frames, speed, shift)
    db = to_db(toned(power, rng))
    if rng.random() < 0.3:
        db = np.maximum(db * float(rng.uniform(0.75, 1.15)), -80.0)
    return masked(db, rng).astype(np.float32), kept, speed
