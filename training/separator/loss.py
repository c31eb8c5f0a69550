"""The separator's loss: error energy of each masked stem in dB, and L1 of magnitudes."""

import torch

from training.settings import N_BINS

SOFT_THRESHOLD = 1e-3  # errors 30 dB under the mixture count as solved
L1_WEIGHT = 4.0


def separation_loss(masks: torch.Tensor, stems: torch.Tensor) -> torch.Tensor:
    """masks [b, 4, 2, frames, 1024], stems complex [b, 4, 2, frames, 2049] -> scalar (dB scale, lower is better)."""
    target = stems[..., :N_BINS]
    mixture = target.sum(dim=1, keepdim=True)
    error = masks * mixture - target
    error_energy = (error.real.square() + error.imag.square()).mean(dim=(2, 3, 4))
    mixture_energy = (mixture.real.square() + mixture.imag.square()).mean(dim=(2, 3, 4)) + 1e-8
    ratio_db = 10 * torch.log10(error_energy / mixture_energy + SOFT_THRESHOLD)
    magnitude = mixture.abs()
    l1 = (masks * magnitude - target.abs()).abs().mean(dim=(2, 3, 4)) / (magnitude.mean(dim=(2, 3, 4)) + 1e-8)
    return ratio_db.mean() + L1_WEIGHT * l1.mean()
