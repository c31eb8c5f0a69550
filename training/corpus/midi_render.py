"""Parts with General MIDI sounds to audio through the fluidsynth command."""

import subprocess
import tempfile
from pathlib import Path

import mido
import numpy as np
import soundfile

from training.corpus.song import Part
from training.corpus.sound_sources import SOUNDFONT_FOLDER, Source
from training.settings import SAMPLE_RATE_HZ

TICKS_PER_SEC = 960  # 480 ticks a beat at 120 beats a minute
DRUM_CHANNEL = 9
LEVEL_SCALE_DB = 40.0


def midi_file(parts: list[Part]) -> mido.MidiFile:
    """One track per part, each on its own channel."""
    file = mido.MidiFile(ticks_per_beat=480)
    channels = [channel for channel in range(16) if channel != DRUM_CHANNEL]
    for part in parts:
        channel = DRUM_CHANNEL if part.is_drums else channels.pop(0)
        program = int(part.sound.split(":")[1]) if isinstance(part.sound, str) else part.sound
        events = [(0, mido.Message("program_change", channel=channel, program=program))]
        volume = int(np.clip(110 * 10 ** (part.gain_db / LEVEL_SCALE_DB), 20, 127))
        pan = int(np.clip(64 + 63 * part.pan, 0, 127))
        events.append((0, mido.Message("control_change", channel=channel, control=7, value=volume)))
        events.append((0, mido.Message("control_change", channel=channel, control=10, value=pan)))
        for note in part.notes:
            start = int(note.start_sec * TICKS_PER_SEC)
            end = max(start + 20, int((note.start_sec + note.length_sec) * TICKS_PER_SEC))
            pitch = int(np.clip(note.pitch, 0, 127))
            events.append((start, mido.Message("note_on", channel=channel, note=pitch, velocity=note.velocity)))
            events.append((end, mido.Message("note_off", channel=channel, note=pitch, velocity=0)))
        events.sort(key=lambda event: (event[0], event[1].type != "note_off"))
        track, now = mido.MidiTrack(), 0
        for tick, message in events:
            track.append(message.copy(time=tick - now))
            now = tick
        file.tracks.append(track)
    return file


def render_midi(parts: list[Part], soundfont: Source, n_samples: int) -> np.ndarray:
    """float32 [2 x n_samples] at 44.1 kHz, dry (no chorus, no reverb)."""
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder) / "song.mid", Path(folder) / "song.wav"
        midi_file(parts).save(str(midi))
        subprocess.run(
            [
                "fluidsynth",
                "-ni",
                "-R",
                "0",
                "-C",
                "0",
                "-g",
                "0.6",
                "-r",
                str(SAMPLE_RATE_HZ),
                "-o",
                "synth.dynamic-sample-loading=1",
                "-o",
                "synth.cpu-cores=1",
                "-T",
                "wav",
                "-O",
                "float",
                "-F",
                str(wave),
                str(SOUNDFONT_FOLDER / soundfont.path),
                str(midi),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        audio, _ = soundfile.read(str(wave), dtype="float32", always_2d=True)
    result = np.zeros((2, n_samples), np.float32)
    n = min(n_samples, len(audio))
    result[:, :n] = audio[:n].T
    return result
