"""Writes the reference numbers that the tests of src/core/{audio,dsp} compare with.

Needs numpy 2, scipy 1.17, librosa 0.11.0 and an ffmpeg binary:  python tests/reference/make_references.py
The test signals are the ones of tests/reference/signals.ts: same formulas, same noise.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import librosa
import numpy as np
import scipy.io.wavfile
import scipy.signal

HERE = Path(__file__).parent
NOISE_SEED = 12345


def noise(n, seed=NOISE_SEED):
    """Linear congruential generator of Numerical Recipes, -1..1."""
    out = np.empty(n)
    state = seed
    for i in range(n):
        state = (1664525 * state + 1013904223) % 2**32
        out[i] = state / 2**31 - 1
    return out


def test_signal(n, rate):
    """Two tones, one of them pulsing twice a second, and a little noise; float32."""
    t = np.arange(n) / rate
    pulse = np.exp(-8 * np.mod(t, 0.5))
    x = 0.3 * np.sin(2 * np.pi * 220 * t) + 0.4 * pulse * np.sin(2 * np.pi * 1234.5 * t) + 0.1 * pulse * noise(n)
    return x.astype(np.float32)


def loudness_signal(levels_db, seconds_each, rate=44100):
    """Stereo noise (right at half amplitude) at one level after another; float32 [n x 2]."""
    n = seconds_each * rate
    gain = np.repeat(10 ** (np.array(levels_db) / 20), n)
    left = noise(len(gain)) * gain
    return np.stack([left, 0.5 * left], axis=1).astype(np.float32)


def sampled(matrix, stride):
    """Every stride-th value, row by row in time, as the shortest text that keeps 9 digits."""
    flat = np.ascontiguousarray(matrix).ravel()[::stride]
    return [float(f"{v:.9g}") for v in flat]


def write(name, values):
    (HERE / f"{name}.json").write_text(json.dumps(values, separators=(",", ":")) + "\n")


def mask_of(n_frames, n_bins):
    f = np.arange(n_frames)[:, None]
    k = np.arange(n_bins)[None, :]
    return (0.5 + 0.5 * np.sin(0.3 * f + 0.02 * k)).astype(np.float32)


def make_stft():
    cases = []
    for n, rate, n_fft, hop, pad in [
        (22050, 22050, 2048, 512, "reflect"),
        (22050, 22050, 2048, 512, "constant"),
        (44100, 44100, 4096, 1024, "reflect"),
        (10007, 22050, 1024, 256, "reflect"),
    ]:
        x = test_signal(n, rate)
        spec = librosa.stft(x, n_fft=n_fft, hop_length=hop, pad_mode=pad).T
        masked = spec * mask_of(*spec.shape)
        y = librosa.istft(masked.T, n_fft=n_fft, hop_length=hop, length=n)
        cases.append({
            "nSamples": n, "sampleRateHz": rate, "fftSamples": n_fft, "hopSamples": hop,
            "pad": "zero" if pad == "constant" else pad, "nFrames": spec.shape[0], "stride": 53,
            "re": sampled(spec.real, 53), "im": sampled(spec.imag, 53), "maskedSignal": sampled(y, 53),
        })
    write("stft", cases)


def make_features():
    n, rate = 2 * 22050, 22050
    x = test_signal(n, rate)
    x[30000:40000] = 0
    mel = librosa.feature.melspectrogram(y=x, sr=rate, n_fft=2048, hop_length=512, n_mels=128, fmax=11025)
    write("features", {
        "nSamples": n, "sampleRateHz": rate, "silentFrom": 30000, "silentTo": 40000, "stride": 7,
        "nFrames": mel.shape[1],
        "melPower": sampled(mel.T, 7),
        "melDb": sampled(librosa.power_to_db(mel, ref=np.max, top_db=80).T, 7),
        "onsetStrength": sampled(librosa.onset.onset_strength(y=x, sr=rate), 1),
        "chroma": sampled(librosa.feature.chroma_stft(y=x, sr=rate, tuning=0).T, 1),
        "spectral": {
            "centroidHz": float(librosa.feature.spectral_centroid(y=x, sr=rate).mean()),
            "bandwidthHz": float(librosa.feature.spectral_bandwidth(y=x, sr=rate).mean()),
            "rolloffHz": float(librosa.feature.spectral_rolloff(y=x, sr=rate, roll_percent=0.85).mean()),
            "flatness": float(librosa.feature.spectral_flatness(y=x).mean()),
            "zeroCrossingRate": float(librosa.feature.zero_crossing_rate(x).mean()),
        },
    })


def make_resample():
    x = test_signal(3000, 44100)
    write("resample", [
        {"up": up, "down": down, "nSamples": 3000, "stride": 3, "signal": sampled(scipy.signal.resample_poly(x, up, down), 3)}
        for up, down in [(1, 2), (2, 1), (160, 147), (147, 160), (2, 3)]
    ])


def ebur128(stereo):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/signal.wav"
        scipy.io.wavfile.write(path, 44100, stereo)
        chain = "ebur128=metadata=1,ametadata=print:file=-"
        out = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-af", chain, "-f", "null", "-"],
                             capture_output=True, text=True, check=True).stdout
    last = {}
    for line in out.splitlines():
        key, _, value = line.partition("=")
        last[key.removeprefix("lavfi.r128.")] = value
    return {"integratedLufs": float(last["I"]), "rangeLu": float(last["LRA"])}


def make_loudness():
    cases = []
    for levels, seconds in [([-20], 10), ([-20, -28, -24, -60, -18], 8), ([-30, -90, -36], 10)]:
        cases.append({"levelsDb": levels, "secondsEach": seconds} | ebur128(loudness_signal(levels, seconds)))
    write("loudness", cases)


if __name__ == "__main__":
    make_stft()
    make_features()
    make_resample()
    make_loudness()
