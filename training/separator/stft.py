"""Short-time Fourier transform as the engine computes it: 4096 samples, hop 1024, periodic Hann, reflect padding."""

import torch

from training.settings import FFT_SAMPLES, HOP_SAMPLES

WINDOW = torch.hann_window(FFT_SAMPLES, periodic=True)


def stft(audio: torch.Tensor) -> torch.Tensor:
    """float [..., samples] -> complex [..., frames, 2049]; frames = samples // 1024 + 1."""
    flat = audio.reshape(-1, audio.shape[-1])
    spectrum = torch.stft(
        flat, FFT_SAMPLES, HOP_SAMPLES, window=WINDOW.to(flat.device), center=True, pad_mode="reflect", return_complex=True
    )
    return spectrum.transpose(1, 2).reshape(*audio.shape[:-1], spectrum.shape[2], spectrum.shape[1])


def istft(spectrum: torch.Tensor, n_samples: int) -> torch.Tensor:
    """complex [..., frames, 2049] -> float [..., n_samples]."""
    flat = spectrum.reshape(-1, *spectrum.shape[-2:]).transpose(1, 2)
    audio = torch.istft(flat, FFT_SAMPLES, HOP_SAMPLES, window=WINDOW, center=True, length=n_samples)
    return audio.reshape(*spectrum.shape[:-2], n_samples)
