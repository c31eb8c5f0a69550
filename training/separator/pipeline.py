"""Separate whole tracks exactly as the engine does: chunks with context, masks times the complex mixture."""

import numpy as np
import torch
from torch.nn import functional

from training.separator.stft import istft, stft
from training.settings import CHUNK_FRAMES, CONTEXT_FRAMES, EXTENSION_BINS, FRAME_MULTIPLE, N_BINS, STEMS


def full_masks(masks: torch.Tensor, n_bins: int) -> torch.Tensor:
    """Extend masks [..., frames, 1024] to n_bins by the mean of the top 64 bins of each frame."""
    top = masks[..., -EXTENSION_BINS:].mean(dim=-1, keepdim=True)
    return torch.cat([masks, top.expand(*masks.shape[:-1], n_bins - N_BINS)], dim=-1)


def predict_masks(predict, magnitude: torch.Tensor) -> torch.Tensor:
    """Magnitude [2, frames, 1024] -> masks [4, 2, frames, 1024], chunk by chunk. `predict` maps a batch."""
    n_frames = magnitude.shape[1]
    result = torch.zeros(len(STEMS), *magnitude.shape)
    step = CHUNK_FRAMES - 2 * CONTEXT_FRAMES
    for start in range(0, n_frames, step):
        low, high = max(0, start - CONTEXT_FRAMES), min(n_frames, start + step + CONTEXT_FRAMES)
        chunk = magnitude[:, low:high]
        padded = functional.pad(chunk, (0, 0, 0, -chunk.shape[1] % FRAME_MULTIPLE))
        end = min(start + step, n_frames)
        result[:, :, start:end] = predict(padded[None])[0][:, :, start - low : end - low]
    return result


def separate(predict, mixture: np.ndarray) -> np.ndarray:
    """float32 [2 x samples] -> stems float32 [4 x 2 x samples]; they sum to the mixture."""
    audio = torch.from_numpy(np.ascontiguousarray(mixture, dtype=np.float32))
    spectrum = stft(audio)
    masks = predict_masks(predict, spectrum.abs()[..., :N_BINS])
    return istft(full_masks(masks, spectrum.shape[-1]) * spectrum, audio.shape[-1]).numpy()
