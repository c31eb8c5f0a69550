"""Random variations of training excerpts, all on mel power: remix, speed, tone, room, noise, bandwidth, level, masks."""

import numpy as np
from scipy.signal import lfilter

from training.settings import MEL_FLOOR_DB, N_MELS

N_STEMS = 4
N_KNOTS = 6


def remixed(power_db: np.ndarray, active: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """[5 x frames x 128] dB -> power [frames x 128] and which stems remain. Four in ten keep the true mixture."""
    if rng.random() < 0.4:
        return from_db(power_db[N_STEMS]), active
    gains = 10 ** (rng.normal(0, 5, N_STEMS) / 10)
    kept = active * (rng.random(N_STEMS) > 0.15)
    if kept.sum() == 0:
        kept = active
    return np.tensordot((gains * kept).astype(np.float32), from_db(power_db[:N_STEMS]), axes=1), kept


def from_db(power_db: np.ndarray) -> np.ndarray:
    """dB -> power, float32."""
    return np.exp(power_db.astype(np.float32) * np.float32(np.log(10) / 10))


def resized(power: np.ndarray, n_frames: int, speed: float, shift: float) -> np.ndarray:
    """n_frames from the first on at another speed, mel axis moved by `shift` bins (linear interpolation)."""
    position = np.clip(np.arange(n_frames) * speed, 0, len(power) - 1.001)
    low = position.astype(int)
    weight = (position - low)[:, None].astype(np.float32)
    result = power[low] * (1 - weight) + power[low + 1] * weight
    if shift:
        bins = np.clip(np.arange(N_MELS) - shift, 0, N_MELS - 1.001)
        left = bins.astype(int)
        fraction = (bins - left).astype(np.float32)
        result = result[:, left] * (1 - fraction) + result[:, left + 1] * fraction
    return result


def toned(power: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Power [n x frames x 128], each with a smooth response of its own, and sometimes the ends of the band lost."""
    n = len(power)
    bins = np.arange(N_MELS)
    knots = np.array([np.interp(bins, np.linspace(0, N_MELS - 1, N_KNOTS), row) for row in np.eye(N_KNOTS)])
    curve_db = rng.normal(0, 3.5, (n, N_KNOTS)) @ knots + rng.normal(0, 4, (n, 1)) * (bins / N_MELS - 0.5)
    low_pass = (rng.random((n, 1)) < 0.25) * rng.uniform(0.5, 4, (n, 1))
    curve_db -= low_pass * np.maximum(0, bins - rng.integers(75, N_MELS, (n, 1)))
    high_pass = (rng.random((n, 1)) < 0.2) * rng.uniform(5, 20, (n, 1))
    curve_db -= high_pass * (bins < rng.integers(1, 8, (n, 1)))
    return power * from_db(curve_db)[:, None]


def in_a_room(power: np.ndarray, rng: np.random.Generator, share: float = 0.2) -> np.ndarray:
    """Some excerpts with a decaying tail: every frame's power fades by 60 dB within 0.3 to 2 s."""
    for i in np.flatnonzero(rng.random(len(power)) < share):
        keep = 10 ** (-6 / (rng.uniform(0.3, 2.0) * 43.07))
        tail = lfilter([1 - keep], [1, -keep], power[i], axis=0)
        power[i] += (rng.uniform(0.1, 1.0) * tail).astype(np.float32)
    return power


def noisy(power: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Every second excerpt with noise 30 to 75 dB below its peak, falling towards high bands by a random slope."""
    n = len(power)
    below_db = np.where(rng.random(n) < 0.5, rng.uniform(30, 75, n), 200)
    level = power.max(axis=(1, 2)) * 10 ** (-below_db / 10)
    slope = 1 + np.linspace(0, 1, N_MELS) * (rng.uniform(0.05, 1, (n, 1)) - 1)
    noise = rng.standard_exponential(power.shape, dtype=np.float32)
    return power + noise * (level[:, None] * slope).astype(np.float32)[:, None]


def to_relative_db(power: np.ndarray) -> np.ndarray:
    """Power [n x frames x 128] -> dB relative to each excerpt's largest value, -80..0."""
    largest = np.maximum(power.max(axis=(1, 2), keepdims=True), 1e-10)
    return np.maximum(10 * np.log10(np.maximum(power / largest, 1e-9)), MEL_FLOOR_DB)


def masked(db: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """SpecAugment: a band and a span of some excerpts replaced by the mean."""
    for one in db:
        if rng.random() < 0.5:
            width = int(rng.integers(2, 16))
            low = int(rng.integers(0, N_MELS - width))
            one[:, low : low + width] = one.mean()
        if rng.random() < 0.5:
            width = int(rng.integers(2, max(3, len(one) // 6)))
            low = int(rng.integers(0, len(one) - width))
            one[low : low + width] = one.mean()
    return db


def varied(power: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Power [n x frames x 128] -> mel dB of the same shape, each excerpt varied by itself."""
    db = to_relative_db(noisy(in_a_room(toned(power, rng), rng), rng))
    dynamics = np.where(rng.random(len(db)) < 0.3, rng.uniform(0.75, 1.15, len(db)), 1)
    db = np.maximum(db * dynamics[:, None, None].astype(np.float32), MEL_FLOOR_DB)
    return masked(db, rng).astype(np.float32)
