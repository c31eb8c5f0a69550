"""Stemscape U-Net: magnitude spectrogram in, four soft masks that sum to one out.

A strided encoder and decoder after Jansson et al. 2017 ("Singing voice separation with deep U-Net
convolutional networks"), with added (not concatenated) skips, a learned embedding of the frequency
axis and a frequency-mixing bottleneck after Choi et al. 2020 (TFC-TDF). Every normalisation is a batch
norm, so that inference folds it into the convolution before it.
"""

import torch
from torch import nn

from training.settings import N_BINS, STEMS

CHANNELS = (16, 48, 80, 128, 192)  # multiples of 16: ONNX Runtime's block size on AVX-512
LOG_FLOOR = 1e-3
LOG_SCALE = 3.0
LOGIT_LIMIT = 20.0


class ConvBlock(nn.Sequential):
    """3x3 convolution, batch norm, ReLU: (batch, n_in, frames, bins) -> (batch, n_out, frames/s, bins/s)."""

    def __init__(self, n_in: int, n_out: int, stride: int = 1, kernel: tuple[int, int] = (3, 3)):
        padding = (kernel[0] // 2, kernel[1] // 2)
        super().__init__(
            nn.Conv2d(n_in, n_out, kernel, stride, padding, bias=False),
            nn.BatchNorm2d(n_out),
            nn.ReLU(inplace=True),
        )


class ResidualBlock(nn.Module):
    """x + ConvBlock(x), shape kept."""

    def __init__(self, n_channels: int):
        super().__init__()
        self.conv = ConvBlock(n_channels, n_channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv(x)


class FrequencyMixing(nn.Module):
    """x + a two-layer map over the frequency axis of every channel and frame (TDF), shape kept."""

    def __init__(self, n_channels: int, n_bins: int):
        super().__init__()
        self.narrow = nn.Linear(n_bins, n_bins // 2)
        self.widen = nn.Linear(n_bins // 2, n_bins)
        self.norm = nn.BatchNorm2d(n_channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.norm(self.widen(torch.relu(self.narrow(x))))


class Encoder(nn.Module):
    """Halve frames and bins, add the frequency embedding, refine."""

    def __init__(self, n_in: int, n_out: int, n_bins: int, n_residual: int, kernel=(3, 3)):
        super().__init__()
        self.down = ConvBlock(n_in, n_out, stride=2, kernel=kernel)
        self.frequency = nn.Parameter(torch.zeros(1, n_out, 1, n_bins))
        self.refine = nn.Sequential(*[ResidualBlock(n_out) for _ in range(n_residual)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.refine(self.down(x) + self.frequency)


class Decoder(nn.Module):
    """Double frames and bins, add the skip, refine."""

    def __init__(self, n_in: int, n_out: int):
        super().__init__()
        self.narrow = nn.Conv2d(n_in, n_out, 1)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.refine = ResidualBlock(n_out)

    def forward(self, x: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        return self.refine(self.up(self.narrow(x)) + skip)


def stem_softmax(logits: torch.Tensor) -> torch.Tensor:
    """Softmax over axis 1, spelled out: ONNX Runtime's Softmax over a short outer axis takes half the inference."""
    bass, drums, other, vocals = torch.exp(logits.clamp(-LOGIT_LIMIT, LOGIT_LIMIT)).split(1, dim=1)
    scale = 1 / (bass + drums + other + vocals)
    return torch.cat([bass * scale, drums * scale, other * scale, vocals * scale], dim=1)


class StemscapeUnet(nn.Module):
    """Magnitude (batch, 2, frames, 1024), any level -> masks (batch, 4, 2, frames, 1024), 0..1, sum 1 over stems.

    `frames` must be a multiple of 32 (the engine pads to 64). Stem order: bass, drums, other, vocals.
    """

    def __init__(self, channels: tuple[int, ...] = CHANNELS, n_audio_channels: int = 2):
        super().__init__()
        n_bins = [N_BINS >> (level + 1) for level in range(len(channels))]
        n_residual = (0, 0, 1, 1, 2)
        n_in = (n_audio_channels, *channels[:-1])
        self.input_scale = nn.Parameter(torch.ones(1, 1, 1, N_BINS))
        self.input_offset = nn.Parameter(torch.zeros(1, 1, 1, N_BINS))
        self.encoders = nn.ModuleList(
            Encoder(n_in[i], channels[i], n_bins[i], n_residual[i], (3, 5) if i == 0 else (3, 3))
            for i in range(len(channels))
        )
        self.mixing = FrequencyMixing(channels[-1], n_bins[-1])
        self.decoders = nn.ModuleList(Decoder(channels[i + 1], channels[i]) for i in reversed(range(len(channels) - 1)))
        self.n_audio_channels = n_audio_channels
        n_masks = len(STEMS) * n_audio_channels
        self.head = nn.Sequential(
            nn.Conv2d(channels[0], 4 * n_masks, 3, padding=1),  # 4: one value per place of the 2x2 cell
            nn.PixelShuffle(2),
        )

    def features(self, magnitude: torch.Tensor) -> torch.Tensor:
        """Level-free log magnitude, about -2..2. The reference is sum(x^2)/sum(x): zero frames leave it alone."""
        energy = (magnitude * magnitude).sum(dim=(1, 2, 3), keepdim=True)
        reference = energy / (magnitude.sum(dim=(1, 2, 3), keepdim=True) + 1e-8) + 1e-8
        log_magnitude = torch.log(magnitude / reference + LOG_FLOOR) / LOG_SCALE + 1.0
        return log_magnitude * self.input_scale + self.input_offset

    def logits(self, magnitude: torch.Tensor) -> torch.Tensor:
        """(batch, 2, frames, 1024) -> (batch, 4, 2, frames, 1024), before the softmax over stems."""
        x = self.features(magnitude)
        skips = []
        for encoder in self.encoders:
            x = encoder(x)
            skips.append(x)
        x = self.mixing(skips.pop())
        for decoder in self.decoders:
            x = decoder(x, skips.pop())
        return self.head(x).unflatten(1, (len(STEMS), self.n_audio_channels))

    def forward(self, magnitude: torch.Tensor) -> torch.Tensor:
        return stem_softmax(self.logits(magnitude))
