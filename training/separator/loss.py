"""The separator's loss: error energy of every sounding stem in dB, leakage into silent stems, and L1 of magnitudes.

A stem that does not sound must not enter the logarithm: the reward for perfect silence is then so large that a rare
stem (the vocals) is switched off altogether, and the softmax has no gradient left to bring it back.
"""

import torch

from training.settings import N_BINS

SOFT_THRESHOLD = 3e-3  # share of the mixture's energy under which errors no longer count
SOUNDING = 1e-3  # a stem sounds from this share of the mixture's energy, -30 dB
LEAKAGE_WEIGHT = 20.0
L1_WEIGHT = 2.0


def separation_loss(masks: torch.Tensor, stems: torch.Tensor) -> torch.Tensor:
    """masks [b, 4, 2, frames, 1024], stems complex [b, 4, 2, frames, 2049] -> scalar, about dB, lower is better."""
    target = stems[..., :N_BINS]
    mixture = target.sum(dim=1, keepdim=True)
    error = masks * mixture - target
    error_energy = (error.real.square() + error.imag.square()).mean(dim=(2, 3, 4))
    target_energy = (target.real.square() + target.imag.square()).mean(dim=(2, 3, 4))
    mixture_energy = (mixture.real.square() + mixture.imag.square()).mean(dim=(2, 3, 4)) + 1e-8
    floor = SOFT_THRESHOLD * mixture_energy
    error_db = 10 * torch.log10((error_energy + floor) / (target_energy + floor))
    sounding = (target_energy > SOUNDING * mixture_energy).float()
    leakage = LEAKAGE_WEIGHT * error_energy / mixture_energy
    magnitude = mixture.abs()
    l1 = (masks * magnitude - target.abs()).abs().mean(dim=(2, 3, 4)) / (magnitude.mean(dim=(2, 3, 4)) + 1e-8)
    return (sounding * error_db + (1 - sounding) * leakage + L1_WEIGHT * l1).mean()
