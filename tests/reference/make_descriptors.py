"""The FMA dataset's 518 descriptors by librosa and scipy, of two signals the test makes too: `python tests/reference/make_descriptors.py`."""

import json
from pathlib import Path

import librosa
import numpy as np
from scipy import stats

from make_references import test_signal

RATE, FFT, HOP = 22_050, 2048, 512
SECONDS = 4


def chords(n: int, rate: int) -> np.ndarray:
    """A chord a second, each of three tones with two overtones, fading."""
    t = np.arange(n) / rate
    second = np.floor(t).astype(int)
    out = np.zeros(n)
    for root, third in [(130.81, 4), (174.61, 4), (196.0, 4), (110.0, 3)]:
        tones = sum(
            np.sin(2 * np.pi * root * 2 ** (step / 12) * overtone * t) / overtone
            for step in (0, third, 7)
            for overtone in (1, 2, 3)
        )
        out += np.where(second % 4 == [130.81, 174.61, 196.0, 110.0].index(root), tones, 0) * 0.1
    return (out * np.exp(-2 * (t % 1))).astype(np.float32)


def frames(y: np.ndarray) -> dict[str, np.ndarray]:
    magnitude = np.abs(librosa.stft(y, n_fft=FFT, hop_length=HOP))
    cqt = np.abs(librosa.cqt(y, sr=RATE, hop_length=HOP, n_bins=84, bins_per_octave=12, tuning=0.0))
    folded = {"C": cqt, "n_chroma": 12, "bins_per_octave": 12, "n_octaves": 7}
    cens = librosa.feature.chroma_cens(**folded)
    mel = librosa.feature.melspectrogram(S=magnitude**2, sr=RATE)
    of_magnitude = {"S": magnitude, "sr": RATE}
    return {
        "chroma_cens": cens,
        "chroma_cqt": librosa.feature.chroma_cqt(**folded),
        "chroma_stft": librosa.feature.chroma_stft(S=magnitude**2, sr=RATE, tuning=0.0),
        "mfcc": librosa.feature.mfcc(S=librosa.power_to_db(mel), n_mfcc=20),
        "rmse": librosa.feature.rms(S=magnitude),
        "spectral_centroid": librosa.feature.spectral_centroid(**of_magnitude),
        "spectral_bandwidth": librosa.feature.spectral_bandwidth(**of_magnitude),
        "spectral_rolloff": librosa.feature.spectral_rolloff(**of_magnitude),
        "spectral_contrast": librosa.feature.spectral_contrast(**of_magnitude, n_bands=6),
        "tonnetz": librosa.feature.tonnetz(chroma=cens, sr=RATE),
        "zcr": librosa.feature.zero_crossing_rate(y, frame_length=FFT, hop_length=HOP),
    }


def main() -> None:
    signals = [test_signal(SECONDS * RATE, RATE).astype(np.float32), chords(SECONDS * RATE, RATE)]
    windows = [frames(signal) for signal in signals]
    reference = {}
    for family in windows[0]:
        pooled = np.concatenate([window[family] for window in windows], axis=1)
        rows = [
            f(pooled, axis=1)
            for f in (np.mean, np.std, stats.skew, stats.kurtosis, np.median, np.min, np.max)
        ]
        reference[family] = np.round(np.array(rows).T, 6).tolist()
    Path(__file__).with_name("descriptors.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
