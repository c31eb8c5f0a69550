"""A small subtractive synthesizer for the electronic styles: named voices, note by note."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from training.corpus.song import Part
from training.settings import SAMPLE_RATE_HZ


@dataclass(frozen=True)
class Voice:
    """wave: saw, square, sine, fm. Detune in cents, times in seconds, cutoffs as multiples of the note frequency."""

    wave: str
    n_oscillators: int = 1
    detune_cents: float = 0.0
    attack_sec: float = 0.005
    decay_sec: float = 0.3
    sustain: float = 0.7
    release_sec: float = 0.05
    bright: float = 12.0
    dark: float = 3.0
    sweep_sec: float = 0.15


VOICES = {
    "sub": Voice("sine", release_sec=0.06, bright=6, dark=4),
    "saw": Voice("saw", 3, 9.0, bright=16, dark=5),
    "square": Voice("square", 2, 5.0, bright=12, dark=4),
    "pluck": Voice("saw", 2, 7.0, decay_sec=0.18, sustain=0.1, release_sec=0.12, bright=18, dark=2, sweep_sec=0.08),
    "pad": Voice(
        "saw", 4, 14.0, attack_sec=0.35, decay_sec=1.0, sustain=0.9, release_sec=0.7, bright=7, dark=4, sweep_sec=1.2
    ),
    "reese": Voice("saw", 3, 28.0, bright=9, dark=5, sweep_sec=0.5),
    "fm": Voice("fm", decay_sec=0.5, sustain=0.3, release_sec=0.3, bright=20, dark=8),
}


def saw(phase: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Band-limited saw (polyBLEP) from a phase in cycles and its step per sample."""
    t = phase % 1.0
    value = 2 * t - 1
    low, high = t < step, t > 1 - step
    x = t[low] / step[low]
    value[low] -= x + x - x * x - 1
    x = (t[high] - 1) / step[high]
    value[high] -= x * x + x + x + 1
    return value


def oscillator(wave: str, frequency: float, n: int, phase0: float) -> np.ndarray:
    """float64 [n], about -1..1."""
    step = np.full(n, frequency / SAMPLE_RATE_HZ)
    phase = phase0 + np.cumsum(step)
    if wave == "sine":
        return np.tanh(1.6 * np.sin(2 * np.pi * phase))
    if wave == "fm":
        fade = np.exp(-np.arange(n) / (0.25 * SAMPLE_RATE_HZ))
        return np.sin(2 * np.pi * phase + 2.5 * fade * np.sin(2 * np.pi * 2 * phase))
    if wave == "square":
        return 0.6 * (saw(phase, step) - saw(phase + 0.5, step))
    return saw(phase, step)


def envelope(voice: Voice, n_held: int, n: int) -> np.ndarray:
    """Attack, decay to sustain, release after n_held samples."""
    t = np.arange(n) / SAMPLE_RATE_HZ
    level = voice.sustain + (1 - voice.sustain) * np.exp(-np.maximum(t - voice.attack_sec, 0) / voice.decay_sec)
    level *= np.minimum(1, t / voice.attack_sec)
    release = np.exp(-np.maximum(t - n_held / SAMPLE_RATE_HZ, 0) / (voice.release_sec / 3))
    return level * release


def render_synth(part: Part, n_samples: int, rng: np.random.Generator) -> np.ndarray:
    """float32 [2 x n_samples]; oscillators of a stack are spread over the stereo field, except for the sub bass."""
    voice = VOICES[str(part.sound)]
    tone = float(rng.uniform(0.6, 1.7))
    width = 0.0 if part.stem == "bass" else float(rng.uniform(0.2, 0.9))
    result = np.zeros((2, n_samples), np.float32)
    nyquist = 0.45 * SAMPLE_RATE_HZ
    for note in part.notes:
        start = int(note.start_sec * SAMPLE_RATE_HZ)
        n_held = int(note.length_sec * SAMPLE_RATE_HZ)
        n = min(n_held + int(voice.release_sec * SAMPLE_RATE_HZ), n_samples - start)
        if n < 64:
            continue
        frequency = 440 * 2 ** ((note.pitch - 69) / 12)
        stereo = np.zeros((2, n))
        for i in range(voice.n_oscillators):
            spread = 0.0 if voice.n_oscillators == 1 else 2 * i / (voice.n_oscillators - 1) - 1
            value = oscillator(voice.wave, frequency * 2 ** (spread * voice.detune_cents / 1200), n, rng.random())
            stereo[0] += value * (1 - width * max(spread, 0))
            stereo[1] += value * (1 + width * min(spread, 0))
        filtered = []
        for factor in (voice.bright, voice.dark):
            cutoff = float(np.clip(frequency * factor * tone, 60, nyquist))
            filtered.append(sosfilt(butter(2, cutoff, fs=SAMPLE_RATE_HZ, output="sos"), stereo))
        blend = np.exp(-np.arange(n) / (voice.sweep_sec * SAMPLE_RATE_HZ))
        gain = (note.velocity / 127) ** 1.3 * 0.3 / voice.n_oscillators**0.5
        result[:, start : start + n] += (
            (filtered[0] * blend + filtered[1] * (1 - blend)) * envelope(voice, n_held, n) * gain
        )
    left, right = 1 - max(part.pan, 0), 1 + min(part.pan, 0)
    return result * np.array([[left], [right]], np.float32) * 10 ** (part.gain_db / 20)
