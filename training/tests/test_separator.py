"""Transform, masks and metric of the separator."""

import unittest

import numpy as np
import torch

from training.separator.metrics import si_sdr_db
from training.separator.model import StemscapeUnet
from training.separator.pipeline import full_masks, separate
from training.separator.stft import istft, stft


class TransformTest(unittest.TestCase):
    def test_inverse_restores_the_signal(self):
        audio = torch.randn(2, 50_000)
        error = istft(stft(audio), 50_000) - audio
        self.assertLess(float(error.square().mean().sqrt()), 1e-6)

    def test_frame_count(self):
        self.assertEqual(tuple(stft(torch.zeros(2, 10 * 1024)).shape), (2, 11, 2049))


class MaskTest(unittest.TestCase):
    def test_masks_sum_to_one_and_ignore_level(self):
        model = StemscapeUnet().eval()
        magnitude = torch.rand(1, 2, 64, 1024)
        with torch.no_grad():
            masks, louder = model(magnitude), model(magnitude * 50)
        self.assertEqual(tuple(masks.shape), (1, 4, 2, 64, 1024))
        torch.testing.assert_close(masks.sum(dim=1), torch.ones(1, 2, 64, 1024))
        torch.testing.assert_close(masks, louder, atol=1e-3, rtol=0)

    def test_extension_is_the_mean_of_the_top_bins(self):
        masks = torch.rand(4, 2, 3, 1024)
        extended = full_masks(masks, 2049)
        torch.testing.assert_close(extended[..., 2000], masks[..., 960:].mean(dim=-1))

    def test_equal_masks_give_a_quarter_of_the_mixture(self):
        mixture = np.random.default_rng(0).normal(0, 0.1, (2, 600_000)).astype(np.float32)
        stems = separate(lambda magnitude: torch.full((1, 4, *magnitude.shape[1:]), 0.25), mixture)
        np.testing.assert_allclose(stems[2], mixture / 4, atol=1e-5)

    def test_separated_stems_sum_to_the_mixture(self):
        mixture = np.random.default_rng(2).normal(0, 0.1, (2, 100_000)).astype(np.float32)
        model = StemscapeUnet().eval()
        with torch.no_grad():
            stems = separate(model, mixture)
        np.testing.assert_allclose(stems.sum(axis=0), mixture, atol=1e-5)


class MetricTest(unittest.TestCase):
    def test_known_ratio(self):
        t = np.arange(44_100) / 44_100
        reference, noise = np.sin(2 * np.pi * 440 * t), np.sin(2 * np.pi * 1000 * t)
        self.assertAlmostEqual(si_sdr_db(reference + 0.1 * noise, reference), 20.0, places=2)
        self.assertAlmostEqual(si_sdr_db(3 * (reference + 0.1 * noise), reference), 20.0, places=2)


if __name__ == "__main__":
    unittest.main()
