"""Integrated loudness after ITU-R BS.1770-4, for 44.1 kHz stereo."""

import numpy as np
from scipy.signal import sosfilt

# K weighting at 48 kHz re-derived for 44.1 kHz by the bilinear transform (pyloudnorm's filter parameters).
SHELF = (3.999843853973347, 1681.974450955533, 0.7071752369554196)
HIGH_PASS = (38.13547087602444, 0.5003270373238773)


def k_weighting(rate_hz: int) -> np.ndarray:
    """Two second-order sections."""
    gain_db, frequency, q = SHELF
    k = np.tan(np.pi * frequency / rate_hz)
    vh, vb = 10 ** (gain_db / 20), (10 ** (gain_db / 20)) ** 0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = [
        (vh + vb * k / q + k * k) / a0,
        2 * (k * k - vh) / a0,
        (vh - vb * k / q + k * k) / a0,
        1,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    frequency, q = HIGH_PASS
    k = np.tan(np.pi * frequency / rate_hz)
    a0 = 1 + k / q + k * k
    return np.array([shelf, [1, -2, 1, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]])


def integrated_lufs(audio: np.ndarray, rate_hz: int = 44_100) -> float:
    """float [2 x samples] -> LUFS, gated at -70 and 10 below the mean; -inf when silent."""
    weighted = np.square(sosfilt(k_weighting(rate_hz), audio))
    n = int(0.4 * rate_hz)
    starts = range(0, audio.shape[1] - n + 1, n // 4)
    power = np.array([weighted[:, s : s + n].mean(axis=1).sum() for s in starts])
    power = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not len(power):
        return float("-inf")
    kept = power[power > power.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(kept.mean()))
