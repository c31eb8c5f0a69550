"""The mel spectrogram of the engine, in librosa's terms."""

import librosa
import numpy as np
from scipy.signal import resample_poly

from training.settings import MEL_FFT_SAMPLES, MEL_FLOOR_DB, MEL_HOP_SAMPLES, MEL_SAMPLE_RATE_HZ, N_MELS, SAMPLE_RATE_HZ

POWER_FLOOR = 1e-10


def to_mel_rate(stereo: np.ndarray) -> np.ndarray:
    """float [2 x samples] at 44.1 kHz -> float32 [samples / 2] at 22.05 kHz, mono."""
    return resample_poly(stereo.mean(axis=0), 1, SAMPLE_RATE_HZ // MEL_SAMPLE_RATE_HZ).astype(np.float32)


def mel_power(mono: np.ndarray) -> np.ndarray:
    """float [samples] at 22.05 kHz -> float32 power [frames x 128]."""
    power = librosa.feature.melspectrogram(
        y=mono,
        sr=MEL_SAMPLE_RATE_HZ,
        n_fft=MEL_FFT_SAMPLES,
        hop_length=MEL_HOP_SAMPLES,
        n_mels=N_MELS,
        fmin=0.0,
        fmax=MEL_SAMPLE_RATE_HZ / 2,
        htk=False,
        norm="slaney",
        power=2.0,
        center=True,
        pad_mode="constant",
    )
    return power.T


def to_db(power: np.ndarray) -> np.ndarray:
    """Power -> dB relative to the window's largest value, -80..0; a silent window is -80 everywhere."""
    largest = float(power.max(initial=0.0))
    if largest <= POWER_FLOOR:
        return np.full(power.shape, MEL_FLOOR_DB, np.float32)
    db = 10 * np.log10(np.maximum(power, POWER_FLOOR) / largest)
    return np.clip(db, MEL_FLOOR_DB, 0.0).astype(np.float32)


def mel_db(stereo: np.ndarray) -> np.ndarray:
    """float [2 x samples] at 44.1 kHz -> float32 dB [frames x 128], -80..0."""
    return to_db(mel_power(to_mel_rate(stereo)))
