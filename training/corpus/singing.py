"""A singing voice: the spectral envelopes of espeak-ng syllables, excited at the melody's pitch.

A channel vocoder: each syllable's envelope comes from a cepstral lifter; its vowel is held for the note; the
source is a band-limited pulse train with vibrato and glides, and noise where the syllable is unvoiced.
"""

import functools
import io
import subprocess

import numpy as np
import soundfile
from scipy.signal import resample_poly

from training.corpus.song import Part
from training.corpus.sound_sources import SYLLABLES
from training.corpus.synth import saw
from training.settings import SAMPLE_RATE_HZ

VOICE_RATE_HZ = 22_050
FFT_SAMPLES = 1024
HOP_SAMPLES = 128
LIFTER_SAMPLES = 44
WINDOW = np.hanning(FFT_SAMPLES + 1)[:-1]


def frames_of(signal: np.ndarray) -> np.ndarray:
    """[n_frames x FFT_SAMPLES] windowed frames, centred."""
    padded = np.pad(signal, FFT_SAMPLES // 2)
    return np.lib.stride_tricks.sliding_window_view(padded, FFT_SAMPLES)[::HOP_SAMPLES] * WINDOW


def spectral_envelope(audio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Envelope [n_frames x n_bins], linear, and voicing [n_frames], 0..1, of a mono signal at 22.05 kHz."""
    magnitude = np.abs(np.fft.rfft(frames_of(audio)))
    cepstrum = np.fft.irfft(np.log(magnitude + 1e-4))
    cepstrum[:, LIFTER_SAMPLES:-LIFTER_SAMPLES] = 0
    low, high = magnitude[:, 2:70].sum(1), magnitude[:, 160:].sum(1)
    return np.exp(np.fft.rfft(cepstrum).real), 1 / (1 + (high / (low + 1e-6) / 0.6) ** 3)


@functools.lru_cache(maxsize=64)
def syllable_bank(voice: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Envelope and voicing of every syllable, spoken by an espeak-ng voice."""
    bank = []
    for syllable in SYLLABLES:
        wave = subprocess.run(
            ["espeak-ng", "-v", voice, "-s", "120", "--stdout", syllable], check=True, capture_output=True
        ).stdout
        audio, rate = soundfile.read(io.BytesIO(wave), dtype="float64")
        if rate != VOICE_RATE_HZ:
            audio = resample_poly(audio, VOICE_RATE_HZ, rate)
        loud = np.flatnonzero(np.abs(audio) > 0.01 * np.abs(audio).max())
        audio = audio[loud[0] : loud[-1] + 1] / np.abs(audio).max()
        bank.append(spectral_envelope(audio))
    return bank


def warp_formants(envelope: np.ndarray, factor: float) -> np.ndarray:
    """Stretch the frequency axis: factor above 1 makes a smaller voice."""
    n_bins = envelope.shape[1]
    source = np.clip(np.arange(n_bins) / factor, 0, n_bins - 1)
    low = source.astype(int)
    high = np.minimum(low + 1, n_bins - 1)
    return envelope[:, low] * (1 - (source - low)) + envelope[:, high] * (source - low)


def stretched_frames(envelope: np.ndarray, n_target: int) -> np.ndarray:
    """Frame indices: onset at natural speed, the loudest vowel frames held, ending at natural speed."""
    n = len(envelope)
    vowel = int(np.argmax(envelope[:, :70].sum(1)))
    n_tail = min(n - vowel - 1, n_target // 4)
    n_head = min(vowel, n_target // 2)
    head = np.linspace(0, vowel, n_head, endpoint=False)
    tail = np.linspace(n - n_tail, n - 1, n_tail) if n_tail else np.zeros(0)
    hold = np.linspace(vowel, min(vowel + 6, n - 1), max(n_target - n_head - n_tail, 0))
    return np.concatenate([head, hold, tail])[:n_target].astype(int)


def pitch_curve(part: Part, n: int, rng: np.random.Generator) -> np.ndarray:
    """MIDI pitch per sample: glides into notes, vibrato after a quarter second, slow drift."""
    pitch = np.full(n, float(part.notes[0].pitch))
    rate, depth = rng.uniform(4.8, 6.4), rng.uniform(0.1, 0.45)
    for note in part.notes:
        start = int(note.start_sec * VOICE_RATE_HZ)
        if start >= n:
            break
        t = np.arange(n - start) / VOICE_RATE_HZ
        glide = pitch[start - 1] - note.pitch if start else 0.0
        depth_now = depth * np.clip((t - 0.2) / 0.3, 0, 1)
        pitch[start:] = (
            note.pitch + np.clip(glide, -4, 4) * np.exp(-t / 0.03) + depth_now * np.sin(2 * np.pi * rate * t)
        )
    drift = np.interp(np.arange(n), np.linspace(0, n, 200), rng.normal(0, 0.08, 200))
    return pitch + drift


def sing(part: Part, voice: str, formant: float, n_samples: int, rng: np.random.Generator) -> np.ndarray:
    """The part sung by an espeak-ng voice: float32 [2 x n_samples] at 44.1 kHz, mono in both channels."""
    return sing_envelopes(part, syllable_bank(voice), formant, n_samples, rng)


def sing_envelopes(
    part: Part,
    bank: list[tuple[np.ndarray, np.ndarray]],
    formant: float,
    n_samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """The part sung on the envelopes of `bank`: float32 [2 x n_samples] at 44.1 kHz, mono in both channels."""
    n = n_samples // 2 + 1
    n_frames = n // HOP_SAMPLES + 1
    envelope = np.zeros((n_frames, FFT_SAMPLES // 2 + 1))
    voicing = np.ones(n_frames)
    lyric = rng.integers(len(bank), size=int(rng.integers(4, 16)))
    for index, note in enumerate(part.notes):
        shape, voiced = bank[int(lyric[index % len(lyric)])]
        first = int(note.start_sec * VOICE_RATE_HZ / HOP_SAMPLES)
        n_target = max(6, int(note.length_sec * VOICE_RATE_HZ / HOP_SAMPLES))
        n_target = min(n_target, n_frames - first)
        if n_target < 2:
            continue
        picked = stretched_frames(shape, n_target)
        fade = np.minimum(1, np.arange(n_target)[::-1] / 5 + 0.1)
        envelope[first : first + n_target] = shape[picked] * (fade * (note.velocity / 100))[:, None]
        voicing[first : first + n_target] = voiced[picked]
    envelope = warp_formants(envelope, formant)
    step = 440 * 2 ** ((pitch_curve(part, n, rng) - 69) / 12) / VOICE_RATE_HZ
    growls = part.sound == "growl"
    pulses = np.diff(saw(np.cumsum(step), step), prepend=0.0) / np.sqrt(2 * step)
    if growls:
        pulses *= 1 + 0.8 * np.sign(np.sin(np.pi * np.cumsum(step)))
    breath = rng.normal(size=n) * (0.5 if growls else rng.uniform(0.02, 0.12))
    voiced_frames, noise_frames = (
        np.fft.rfft(frames_of(pulses + breath)),
        np.fft.rfft(frames_of(0.6 * rng.normal(size=n))),
    )
    m = min(n_frames, len(voiced_frames))
    blend = voicing[:m, None]
    spectrum = (voiced_frames[:m] * blend + noise_frames[:m] * (1 - blend)) * envelope[:m]
    output = np.zeros(m * HOP_SAMPLES + FFT_SAMPLES)
    for i, frame in enumerate(np.fft.irfft(spectrum) * WINDOW):
        output[i * HOP_SAMPLES : i * HOP_SAMPLES + FFT_SAMPLES] += frame
    mono = resample_poly(output[FFT_SAMPLES // 2 :][:n], SAMPLE_RATE_HZ, VOICE_RATE_HZ)[:n_samples]
    mono = np.pad(mono, (0, n_samples - len(mono))) / (np.abs(mono).max() + 1e-6) * 0.5
    if growls:
        mono = np.tanh(4 * mono) * 0.4
    return np.repeat(mono[None], 2, 0).astype(np.float32)
