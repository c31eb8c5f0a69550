"""Mel profile and network shapes of the classifier."""

import unittest

import numpy as np
import torch

from training.classifier.mel import mel_db
from training.classifier.model import EcapaTdnn, ExportedEcapa
from training.classifier.scratch_cnn import ScratchCnn
from training.loudness import integrated_lufs


class MelTest(unittest.TestCase):
    def test_ten_seconds_are_431_frames(self):
        audio = np.random.default_rng(0).normal(0, 0.1, (2, 441_000)).astype(np.float32)
        mel = mel_db(audio)
        self.assertEqual(mel.shape, (431, 128))
        self.assertAlmostEqual(float(mel.max()), 0.0, places=4)
        self.assertGreaterEqual(float(mel.min()), -80.0)

    def test_level_does_not_matter_and_silence_is_the_floor(self):
        audio = np.random.default_rng(1).normal(0, 0.1, (2, 44_100)).astype(np.float32)
        np.testing.assert_allclose(mel_db(audio), mel_db(audio * 0.1), atol=1e-2)
        self.assertTrue((mel_db(np.zeros((2, 44_100), np.float32)) == -80).all())


class NetworkTest(unittest.TestCase):
    def test_shapes(self):
        with torch.no_grad():
            embedding, logits = EcapaTdnn(14).eval()(torch.zeros(2, 100, 128))
        self.assertEqual((tuple(embedding.shape), tuple(logits.shape)), ((2, 192), (2, 14)))

    def test_the_last_layers_read_nothing_but_the_frames(self):
        network = ExportedEcapa(14).eval()
        with torch.no_grad():
            embedding, _, frames = network(torch.rand(2, 100, 128) * -80)
            again = network.embed_frames(frames)
        self.assertEqual(tuple(frames.shape), (2, 768, 100))
        np.testing.assert_array_equal(embedding.numpy(), again.numpy())

    def test_the_network_from_scratch_takes_any_length(self):
        with torch.no_grad():
            for frames in (44, 431):
                self.assertEqual(tuple(ScratchCnn()(torch.zeros(2, frames, 128)).shape), (2, 96))


class LoudnessTest(unittest.TestCase):
    def test_full_scale_sine_is_minus_three(self):
        t = np.arange(5 * 44_100) / 44_100
        left = np.sin(2 * np.pi * 997 * t)
        self.assertAlmostEqual(integrated_lufs(np.stack([left, np.zeros_like(left)])), -3.01, delta=0.1)


if __name__ == "__main__":
    unittest.main()
