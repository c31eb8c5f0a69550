"""Mix the dry stems of a song: level, tone, drive, room, and one master gain shared by all, so stems still sum.

Every step after the summing point is linear and the same for each stem: the mixture is the sum of the stems.
"""

import numpy as np
from scipy.signal import lfilter, oaconvolve, sosfilt

from training.settings import SAMPLE_RATE_HZ, STEMS

TARGET_RMS_DB = {"bass": -21.0, "drums": -20.5, "other": -18.5, "vocals": -19.5}
ROOM_SHARE = {"bass": 0.1, "drums": 0.5, "other": 1.0, "vocals": 0.9}
CEILING = 0.92


def shelf(gain_db: float, frequency_hz: float, high: bool) -> np.ndarray:
    """Second-order shelf (RBJ audio EQ cookbook, slope 1) as one SOS row."""
    a = 10 ** (gain_db / 40)
    w = 2 * np.pi * frequency_hz / SAMPLE_RATE_HZ
    cos, alpha = np.cos(w), np.sin(w) / 2 * np.sqrt(2)
    sign = -1 if high else 1
    root = 2 * np.sqrt(a) * alpha
    b = [
        a * ((a + 1) - sign * (a - 1) * cos + root),
        sign * 2 * a * ((a - 1) - sign * (a + 1) * cos),
        a * ((a + 1) - sign * (a - 1) * cos - root),
    ]
    d = [
        (a + 1) + sign * (a - 1) * cos + root,
        -sign * 2 * ((a - 1) + sign * (a + 1) * cos),
        (a + 1) + sign * (a - 1) * cos - root,
    ]
    return np.array([[b[0] / d[0], b[1] / d[0], b[2] / d[0], 1.0, d[1] / d[0], d[2] / d[0]]])


def tone(audio: np.ndarray, tilt_db: float, pivot_hz: float = 900.0) -> np.ndarray:
    """Raise highs and lower lows by tilt_db / 2 each."""
    audio = sosfilt(shelf(tilt_db / 2, pivot_hz * 2, True), audio)
    return sosfilt(shelf(-tilt_db / 2, pivot_hz / 2, False), audio)


def active_rms(audio: np.ndarray) -> float:
    """Root mean square over the tenths of a second that sound (within 30 dB of the loudest)."""
    n = SAMPLE_RATE_HZ // 10
    blocks = audio[:, : audio.shape[1] // n * n].reshape(len(audio), -1, n)
    power = np.square(blocks).mean(axis=(0, 2))
    active = power[power > power.max(initial=0.0) * 1e-3]
    return float(np.sqrt(active.mean())) if len(active) else 0.0


def at_level(audio: np.ndarray, rms_db: float) -> np.ndarray:
    """Scale to an active RMS in dB full scale."""
    rms = active_rms(audio)
    return audio * (10 ** (rms_db / 20) / rms) if rms > 1e-6 else audio


def drive(audio: np.ndarray, amount: float) -> np.ndarray:
    """Waveshaping with the level kept; amount 0..1 up to heavy distortion."""
    if amount < 0.02:
        return audio
    rms = active_rms(audio)
    if rms < 1e-6:
        return audio
    shaped = np.tanh(audio / rms * (0.3 + 4 * amount**2))
    return shaped * (rms / max(active_rms(shaped), 1e-6))


def compress(audio: np.ndarray, amount: float) -> np.ndarray:
    """Gentle feed-forward compression, one gain for both channels."""
    level = np.abs(audio).max(axis=0)
    smooth = lfilter([0.0015], [1, -0.9985], level) + 1e-4
    gain = (smooth / smooth.mean()) ** (-amount)
    return audio * np.clip(gain, 0.2, 3.0)


def room(rng: np.random.Generator, seconds: float) -> np.ndarray:
    """Stereo impulse response: early reflections and a decaying, darkening tail, unit energy."""
    n = int(seconds * SAMPLE_RATE_HZ)
    t = np.arange(n) / SAMPLE_RATE_HZ
    response = rng.normal(size=(2, n)) * np.exp(-6.9 * t / seconds)
    dark = lfilter([0.25], [1, -0.75], response)
    blend = np.exp(-t / (0.3 * seconds))
    response = response * blend * 0.5 + dark * (1 - blend) * 2
    response[:, : int(rng.uniform(0.005, 0.03) * SAMPLE_RATE_HZ)] *= 0.05
    return response / np.sqrt(np.square(response).sum() / 2)


def limiter_gain(mixture: np.ndarray, squash: float) -> np.ndarray:
    """Gain curve [n]: loud passages down, ceiling kept. squash 0..1 drives the mix into it."""
    peak = np.abs(mixture).max(axis=0)
    threshold = peak.max() * (1 - 0.75 * squash) + 1e-6
    n = 441  # 10 ms blocks
    blocks = np.pad(peak, (0, -len(peak) % n)).reshape(-1, n).max(axis=1)
    wide = np.maximum.reduce([np.roll(blocks, shift) for shift in range(-2, 3)])
    wanted = np.minimum(1.0, threshold / np.maximum(wide, 1e-6))
    smooth = np.convolve(np.pad(wanted, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    curve = np.interp(np.arange(len(peak)), (np.arange(len(blocks)) + 0.5) * n, smooth)
    return curve / threshold


def mix(
    stems: dict[str, np.ndarray],
    rng: np.random.Generator,
    reverb: float,
    squash: float,
    tilt_db: float,
) -> np.ndarray:
    """Dry stems (float [2 x n] each) -> int16 [4 x 2 x n]; the mixture is their sum and never clips."""
    n = next(iter(stems.values())).shape[1]
    mixed = np.zeros((len(STEMS), 2, n))
    response = room(rng, float(rng.uniform(0.5, 1.2) + 3.0 * reverb))
    for index, stem in enumerate(STEMS):
        if stem not in stems or not np.any(stems[stem]):
            continue
        audio = tone(stems[stem].astype(np.float64), float(rng.normal(0, 3)))
        audio = compress(audio, float(rng.uniform(0, 0.5)))
        audio = at_level(audio, TARGET_RMS_DB[stem] + float(rng.normal(0, 2.5)))
        wet = reverb * ROOM_SHARE[stem]
        if wet > 0.01:
            audio = audio * (1 - wet) + oaconvolve(audio, response, axes=1)[:, :n] * wet
        mixed[index] = audio
    mixed = tone(mixed, tilt_db)
    curve = limiter_gain(mixed.sum(axis=0), squash)
    mixed *= curve
    fade = np.minimum(1, np.arange(n)[::-1] / (0.05 * SAMPLE_RATE_HZ))
    mixed *= fade
    ceiling = CEILING * 10 ** (-float(rng.uniform(0, 4 - 3 * squash)) / 20)
    largest = max(np.abs(mixed.sum(axis=0)).max(), np.abs(mixed).max() / 0.98, 1e-6)
    return np.round(mixed * (ceiling / largest * 32767)).astype(np.int16)
