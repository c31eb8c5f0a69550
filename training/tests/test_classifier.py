"""Mel profile and network shapes of the classifier."""

import unittest

import numpy as np
import torch

from training.classifier import separated
from training.classifier.augmentation import varied
from training.classifier.batches import MIXTURE, N_SOURCES, sounding_stem
from training.classifier.features import key_class
from training.classifier.mel import mel_db, mel_power, to_mel_rate
from training.classifier.model import EcapaTdnn, ExportedEcapa
from training.classifier.projection import around_own_means, directions, set_projection, style_logits
from training.classifier.scratch_cnn import ScratchCnn
from training.classifier.train import TrackHead
from training.classifier.warm_start import take_over
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
        self.assertEqual(tuple(frames.shape), (2, 1120, 100))
        np.testing.assert_array_equal(embedding.numpy(), again.numpy())

    def test_stop_channels_reach_the_pooling_as_they_are(self):
        network = EcapaTdnn(14).eval()
        mel = torch.rand(2, 100, 128) * -80
        heard = []
        network.pooling.register_forward_pre_hook(lambda _, inputs: heard.append(inputs[0]))
        with torch.no_grad():
            frames = network.frames(mel)
            network.pool(frames)
            plain = network.input_norm((mel.transpose(1, 2) + 40) / 20)
        np.testing.assert_array_equal(heard[0][:, :352].numpy(), frames[:, :352].numpy())
        np.testing.assert_allclose(frames[:, 128:256].numpy(), plain.numpy(), atol=1e-6)

    def test_the_network_from_scratch_takes_any_length(self):
        with torch.no_grad():
            for frames in (44, 431):
                self.assertEqual(tuple(ScratchCnn()(torch.zeros(2, frames, 128)).shape), (2, 96))


class TrainingTest(unittest.TestCase):
    def test_variations_are_relative_decibels(self):
        power = np.random.default_rng(2).exponential(1, (6, 90, 128)).astype(np.float32)
        db = varied(power, np.random.default_rng(3))
        self.assertEqual((db.shape, db.dtype), (power.shape, np.float32))
        self.assertTrue((db >= -80).all() and (db <= 0).all())
        self.assertFalse(np.array_equal(db, varied(power, np.random.default_rng(4))))

    def test_directions_hold_the_first_ones_and_what_differs_between_tracks(self):
        rng = np.random.default_rng(5)
        tracks = np.repeat(np.arange(200), 10)
        rows = rng.normal(size=(2000, 40))
        rows[:, 3] += 5 * rng.normal(size=200)[tracks]
        first = rng.normal(size=(2, 40)) * (np.arange(40) != 3)
        values = rows @ directions(rows, tracks, first, 6).T
        for wanted, share in ((rows @ first[0], 1e-9), (rows @ first[1], 1e-9), (rows[:, 3], 0.1)):
            guess = values @ np.linalg.lstsq(values, wanted, rcond=None)[0]
            self.assertLess(np.var(wanted - guess) / np.var(wanted), share)

    def test_a_new_projection_leaves_the_styles(self):
        network = EcapaTdnn(14).eval()
        rng = np.random.default_rng(6)
        rows = rng.normal(size=(300, network.project.in_features))
        before = style_logits(network, rows)
        set_projection(network, rows, np.repeat(np.arange(100), 3))
        after = style_logits(network, rows)
        np.testing.assert_allclose(after, before - before.mean(axis=1, keepdims=True), atol=1e-3)

    def test_a_network_with_fewer_stop_channels_is_taken_over(self):
        torch.manual_seed(7)
        old = {key: torch.randn_like(value) if value.ndim else value for key, value in EcapaTdnn(14).state_dict().items()}
        narrow = {key: value for key, value in old.items()}
        for key, axis, parts in (("pooling.score.weight", 0, 1), ("pooling.score.bias", 0, 1), ("pooling.tdnn.0.weight", 1, 3)):
            pieces = [part.narrow(axis, 100, part.shape[axis] - 100) for part in old[key].chunk(parts, axis)]
            narrow[key] = torch.cat(pieces, axis)
        network = EcapaTdnn(14)
        take_over(network, narrow)
        self.assertTrue((network.pooling.score.weight[:100] == 0).all())
        torch.testing.assert_close(network.pooling.score.weight[100:], old["pooling.score.weight"][100:])
        for mine, theirs in zip(network.pooling.tdnn[0].weight.chunk(3, 1), old["pooling.tdnn.0.weight"].chunk(3, 1)):
            torch.testing.assert_close(mine[:, 100:], theirs[:, 100:])


class StemTest(unittest.TestCase):
    def test_a_stem_with_all_of_the_sound_has_the_mixtures_mel(self):
        stereo = np.random.default_rng(8).normal(0, 0.1, (2, 88_200)).astype(np.float32)
        masks = torch.tensor([0.0, 1.0, 0.0, 0.0])[:, None, None, None]
        separated.predict = lambda magnitude: (masks * torch.ones_like(magnitude[0]))[None]
        mels = separated.stem_mels(stereo).astype(np.float64)
        power = mel_power(to_mel_rate(stereo))
        self.assertEqual(mels.shape, (4, *power.shape))
        self.assertTrue((mels[[0, 2, 3]] < -100).all())
        heard = 10 * np.log10((10 ** (mels[1] / 10)).sum(axis=1))
        np.testing.assert_allclose(heard[5:-5], 10 * np.log10(power.sum(axis=1))[5:-5], atol=0.5)

    def test_keys_are_numbered_by_tonic_and_mode(self):
        self.assertEqual([key_class(key) for key in ("C major", "B major", "C minor", "Eb minor", None)], [0, 11, 12, 15, -1])

    def test_a_silent_stem_is_not_heard_alone(self):
        power_db = np.zeros((4, 20, 128))
        power_db[:3] = -60
        rng = np.random.default_rng(9)
        found = [sounding_stem(power_db, rng) for _ in range(40)]
        self.assertEqual({alone[0] for alone in found if alone}, {3})
        self.assertIn(None, found)

    def test_tracks_are_told_apart_within_a_source(self):
        torch.manual_seed(10)
        head = TrackHead(7).eval()
        pooled = torch.randn(3, head.project[0].in_features)
        with torch.no_grad():
            first = head(pooled, torch.tensor([0, 4, 4]))
            head.directions[0] = -head.directions[0]
            second = head(pooled, torch.tensor([0, 4, 4]))
        self.assertEqual(tuple(first.shape), (3, 7))
        torch.testing.assert_close(second[0], -first[0])
        torch.testing.assert_close(second[1:], first[1:])

    def test_each_source_is_seen_around_the_mean_of_mixtures(self):
        rng = np.random.default_rng(11)
        sources = rng.integers(0, N_SOURCES, 400)
        rows = rng.normal(size=(400, 5)) + 10 * sources[:, None]
        moved = around_own_means(rows, sources)
        for source in range(N_SOURCES):
            np.testing.assert_allclose(moved[sources == source].mean(axis=0), rows[sources == MIXTURE].mean(axis=0))
        np.testing.assert_array_equal(moved[sources == MIXTURE], rows[sources == MIXTURE])


class LoudnessTest(unittest.TestCase):
    def test_full_scale_sine_is_minus_three(self):
        t = np.arange(5 * 44_100) / 44_100
        left = np.sin(2 * np.pi * 997 * t)
        self.assertAlmostEqual(integrated_lufs(np.stack([left, np.zeros_like(left)])), -3.01, delta=0.1)


if __name__ == "__main__":
    unittest.main()
