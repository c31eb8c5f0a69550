"""What the composer knows about each style: one table, so it is longer than other files.

Patterns are one bar (or several, split by `|`); the number of characters is the grid of the bar.
Drums: `X` accent, `x` hit, `o` ghost, `.` nothing.
Bass: `1 3 5 6 7 8` degree of the chord, `w` walking note, `a` approach to the next root, `-` hold, `.` rest.
Comping: `x X` short chord, `d u` strum, `p` muted power chord, `P` held power chord, `1`..`6` chord note
from below (arpeggio), `-` hold, `.` rest.
Sounds: an integer is a General MIDI program (0-based), a word is a voice of training/corpus/synth.py.
"""

from dataclasses import dataclass, field

DRUM_PATTERNS: dict[str, dict[str, str]] = {
    "rock8": {"kick": "X.....x.X.......", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.x."},
    "rock8b": {"kick": "X.x.....x.x.....", "snare": "....X.......X..o", "hat": "X.x.x.x.X.x.x.x."},
    "rockride": {"kick": "X..x..x.X.....x.", "snare": "....X.......X...", "ride": "X.x.X.x.X.x.X.x."},
    "halftime": {"kick": "X.........x.....", "snare": "........X.......", "hat": "x.x.x.x.x.x.x.x."},
    "pop4": {"kick": "X...x...X...x...", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.", "clap": "....x.......x..."},
    "popsync": {"kick": "X..x..x...x.....", "snare": "....X.......X...", "hat": "xxxxxxxxxxxxxxxx"},
    "shuffle": {"kick": "X.....X.....", "snare": "...X.....X..", "hat": "X.xX.xX.xX.x"},
    "shuffleride": {"kick": "X....xX.....", "snare": "...X.o...X.o", "ride": "X.xX.xX.xX.x"},
    "slowblues": {"kick": "X....xX.....", "snare": "...X.....X..", "hat": "xxxxxxxxxxxx"},
    "train": {"kick": "X...X...X...X...", "snare": "o.xoX.xoo.xoX.xo"},
    "twostep": {"kick": "X.......X.......", "snare": "....X.......X...", "hat": "x...x...x...x..."},
    "countryrock": {"kick": "X.....x.X.......", "rim": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
    "waltz": {"kick": "X...........", "snare": "....x...x...", "hat": "x...x...x..."},
    "disco": {"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "x.o.x.o.x.o.x.o.", "open": "..x...x...x...x."},
    "disco16": {"kick": "X...X...X...X...", "snare": "....X.......X..o", "hat": "xx.xxx.xxx.xxx.x", "open": "..x...x...x...x.",
                "tamb": "..x...x...x...x."},
    "boombap": {"kick": "X.....x...X.....|X..x......X..x..", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.xo"},
    "boombap2": {"kick": "X.x....x..X.....", "snare": "....X..o.o..X...", "hat": "x.xxx.x.x.x.x.x.", "open": "..............x."},
    "trap": {"kick": "X......x..X.....|X..x......X....x", "clap": "........X.......", "hat": "x.x.x.xxx.x.xxxx|x.x.x.x.xxxxx.x."},
    "trap2": {"kick": "X.....X.........|X.....X...x.....", "snare": "........X.......", "hat": "x.xxx.x.x.x.x.xx"},
    "swing": {"ride": "X..X.xX..X.x", "pedal": "...x.....x..", "kick": "o.....o.....", "snare": ".....o......"},
    "swing2": {"ride": "X..X.xX..X.x", "pedal": "...x.....x..", "snare": "..o..o......|........o..o", "kick": "o.....o....o"},
    "brushes": {"snare": "x.ox.ox.ox.o", "pedal": "...x.....x..", "kick": "o.....o....."},
    "bossa": {"kick": "X..xX..xX..xX..x", "rim": "x..x..x...x..x..", "hat": "x.x.x.x.x.x.x.x."},
    "metal8": {"kick": "X.x.X.x.X.x.X.x.", "snare": "....X.......X...", "crash": "X...x...X...x..."},
    "doublebass": {"kick": "xxxxxxxxxxxxxxxx", "snare": "....X.......X...", "ride": "X...X...X...X..."},
    "blast": {"kick": "X.X.X.X.X.X.X.X.", "snare": ".X.X.X.X.X.X.X.X", "crash": "X.......X......."},
    "gallop": {"kick": "X.xxX.xxX.xxX.xx", "snare": "....X.......X...", "open": "X...X...X...X..."},
    "onedrop": {"kick": "........X.......", "rim": "........X.......", "hat": "x.x.x.x.x.x.x.x."},
    "onedrop2": {"kick": "........X.......", "snare": "........X......o", "hat": "x..xx..xx..xx..x"},
    "steppers": {"kick": "X...X...X...X...", "rim": "........X.......", "hat": "x.x.x.x.x.x.x.x.", "open": "......x........."},
    "rockers": {"kick": "X.......X.....x.", "snare": "........X.......", "hat": "x.x.x.x.x.x.x.x."},
    "house": {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x.", "hat": "x..xx..xx..xx..x"},
    "techno": {"kick": "X...X...X...X...", "hat": "..x...x...x...x.", "rim": "...x..x....x....", "ride": "x.x.x.x.x.x.x.x."},
    "techno2": {"kick": "X...X...X...X...", "open": "..X...X...X...X.", "hat": "xxxxxxxxxxxxxxxx", "clap": "............X..."},
    "garage": {"kick": "X.........X.....", "clap": "....X.......X...", "hat": "..x..xx...x..xx.", "open": "......x........."},
    "dnb": {"kick": "X.........X.....", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
    "dnb2": {"kick": "X.........X.....|X..x......X.....", "snare": "....X..o.o..X..o", "ride": "x.x.x.x.x.x.x.x."},
    "amen": {"kick": "X.x.......xx....|X.x.......x.....", "snare": "....X..o.o..X..o|....X..o.o....X.", "hat": "x.x.x.x.x.x.x.x."},
    "jungle": {"kick": "X..x......x..x..", "snare": "....X..x.o..X.xo", "hat": "xxx.xxx.xxx.xxx.", "shaker": "xxxxxxxxxxxxxxxx"},
    "sparse": {"kick": "X...............", "shaker": "..x...x...x...x."},
    "sparse2": {"kick": "o.........o.....", "rim": "............o..."},
    "folkbeat": {"kick": "X.......X.......", "tamb": "....x.......x..."},
    "folkshaker": {"shaker": "x.xxx.xxx.xxx.xx", "kick": "X.......x......."},
    "jig": {"kick": "X.....X.....", "tamb": "..x..x..x..x"},
    "timpani": {"tom3": "X...............|X...........x...", "crash": "................|X..............."},
}


@dataclass(frozen=True)
class Comp:
    """One accompanying layer: rhythm choices, sounds, middle note of its register (MIDI)."""

    patterns: tuple[str, ...]
    sounds: tuple[int | str, ...]
    centre: int = 60
    probability: float = 1.0
    drive: float = 0.0  # 0..1, waveshaping of the stem


@dataclass(frozen=True)
class Style:
    """Everything the composer draws from for one style. Tempi in beats per minute."""

    tempo: tuple[int, int]
    scales: tuple[str, ...]
    progressions: tuple[str, ...]
    drums: tuple[str, ...]
    bass: tuple[str, ...]
    bass_sounds: tuple[int | str, ...]
    comps: tuple[Comp, ...]
    lead_sounds: tuple[int | str, ...]
    beats_per_bar: int = 4
    swing: tuple[float, float] = (0.5, 0.5)
    drum_sounds: tuple[str, ...] = ("gm:0", "gm:8", "gm:16", "kit")
    drums_probability: float = 1.0
    bass_probability: float = 1.0
    vocals_probability: float = 0.55
    lead_probability: float = 0.7
    melody: str = "song"  # song, riff, rap, long, fast, swing
    reverb: tuple[float, float] = (0.05, 0.2)  # wet share
    squash: tuple[float, float] = (0.1, 0.5)  # master drive, 0 none .. 1 loud
    tilt_db: tuple[float, float] = (-3.0, 3.0)  # bright minus dark
    voices: tuple[str, ...] = field(default=("song",))


GUITAR_CLEAN, GUITAR_ACOUSTIC, ORGANS = (26, 27, 28), (24, 25), (16, 17, 18)
PIANOS, STRINGS = (0, 1, 2), (48, 49, 44)

STYLES: dict[str, Style] = {
    "blues": Style(
        (62, 138), ("blues", "mixolydian"),
        ("I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7", "I7 IV7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7", "i7 i7 i7 i7 iv7 iv7 i7 i7 bVI7 V7 i7 V7"),
        ("shuffle", "shuffleride", "slowblues"),
        ("1-.3-.5-.6-.|8-.6-.5-.3-.", "1--1--5--5--", "1--3--5--6--", "1--w--w--a--"), (32, 33, 34),
        (Comp(("x..x..x..x..", "..x..x..x..x", "d--..ud--..u"), (26, 27, 29), 58, 0.9, 0.25),
         Comp(("..x..x..x..x", "x-----..x..."), (0, 1, 16, 17), 60, 0.7)),
        (26, 27, 29, 22, 65, 66), vocals_probability=0.45, lead_probability=0.9, melody="swing", swing=(0.62, 0.68),
        tilt_db=(-4, 1), squash=(0.0, 0.3)),
    "classical": Style(
        (56, 140), ("major", "harmonic"),
        ("I IV V I", "I vi ii V", "i iv V7 i", "I V vi iii IV I ii V7", "i bVI iv V7 i V7 i i", "I ii6 V7 I"),
        ("timpani",), ("1-------5-------", "1---5---3---5---", "1---------------", "1---.---5---.---"), (43, 42, 58, 70),
        (Comp(("1-3-5-3-1-3-5-3-", "1-5-3-5-1-5-3-5-", "x-------x-------", "1-2-3-4-5-4-3-2-"), (0, 6, 46, 48, 45), 60),
         Comp(("x---------------", "x-------x-------", "..x-..x-..x-..x-"), (48, 49, 40, 41, 60, 52), 62, 0.75),
         Comp(("....1-3-....5-3-", "x-----------x---"), (68, 71, 73, 69), 67, 0.4)),
        (40, 73, 68, 71, 42, 0, 56, 60, 48), drums_probability=0.12, vocals_probability=0.12, bass_probability=0.75,
        lead_probability=0.9, melody="fast", reverb=(0.2, 0.45), squash=(0, 0.08), tilt_db=(-5, 0), voices=("choir",)),
    "country": Style(
        (84, 190), ("major", "pentatonic"),
        ("I I IV I I I V V", "I IV I V", "I V vi IV", "I I IV IV V V I I", "I V7 I IV I V7 I I"),
        ("train", "twostep", "countryrock"), ("1-------5-------", "1---.---5---.---", "1-----1-5---6-a-"), (32, 33, 34),
        (Comp(("....d.......d...", "..d...d...d...d.", "d---d.u.d---d.u.", "..x...x...x...x."), (25, 24), 59),
         Comp(("1-3-5-3-1-3-5-3-", "1.3.5.6.5.3.5.3.", "..x...x...x...x."), (105, 27, 26), 64, 0.75),
         Comp(("x-------x-------", "....x-......x-.."), (0, 110, 21, 3), 60, 0.4)),
        (110, 27, 26, 105, 22, 25), vocals_probability=0.6, lead_probability=0.85, tilt_db=(-1, 3), squash=(0.05, 0.35)),
    "disco": Style(
        (108, 128), ("major", "dorian", "minor"),
        ("im7 IV7 im7 IV7", "i bVII bVI V7", "Imaj7 vim7 iim7 V7", "im7 im7 ivm7 bVII7", "i iv bVII bIII bVI iv V7 V7"),
        ("disco", "disco16"), ("1.8.1.8.1.8.1.8.", "1-..8.1-5.8.7-5.", "1.1-8.5.1.1-8.7.", "1-8-1-8-5-8-7-8-"), (33, 36, 37, 38, 34),
        (Comp(("..xx.xx...xx.xx.", "x.xx..xx.xxx..x.", "d.uud.uud.uud.uu"), (27, 28, 26), 64),
         Comp(("x---------------", "x-----------x---"), (48, 50, 49, 51), 67, 0.85),
         Comp(("..x...x...x...x.", "x..x..x.....x..."), (4, 5, 7, 0, 61, 62), 60, 0.65)),
        (48, 61, 62, 40, 80, 81, 73), vocals_probability=0.6, drum_sounds=("gm:0", "gm:25", "gm:16", "kit", "gm:8"),
        tilt_db=(-1, 3), squash=(0.1, 0.5)),
    "hiphop": Style(
        (72, 102), ("minor", "dorian", "blues"),
        ("i i i i", "im7 im7 ivm7 ivm7", "i bVI i bVII", "im7 iv7 im7 V7", "i bII i bII", "im9 ivm9 im9 bVImaj7"),
        ("boombap", "boombap2", "trap", "trap2"),
        ("1-----..1-......", "1--1......1-5...", "1---------......|1-----8-..7-5-..", "1-........1-1-.."), ("sub", "sub", 33, 38, 39, 32),
        (Comp(("x-----..x-....x-", "x---------------", "..x-....x-......"), (4, 5, 0, 11, 7), 60, 0.9),
         Comp(("1.3.5...1.3.5...", "5.3.1.......3.1.", "1...5...3...5..."), (0, 9, 46, 12, 24, 108, 45), 67, 0.6),
         Comp(("x---------------",), (48, 52, 91, "pad", 51), 62, 0.5)),
        (73, 79, 81, 11, 56, 65, "square", 98), vocals_probability=0.75, lead_probability=0.35, melody="rap", swing=(0.5, 0.6),
        drum_sounds=("gm:25", "kit", "kit", "sonicpi", "sonicpi"), tilt_db=(-6, 1), squash=(0.3, 0.8), voices=("rap",)),
    "jazz": Style(
        (76, 230), ("dorian", "mixolydian", "major", "bebop"),
        ("iim7 V7 Imaj7 Imaj7", "Imaj7 vim7 iim7 V7", "iim7b5 V7 im7 im7", "Imaj7 IVmaj7 iiim7 vi7 iim7 V7 Imaj7 V7",
         "im7 im7 im7 im7 iim7 V7 im7 im7", "I7 IV7 I7 I7 IV7 IV7 I7 vi7 iim7 V7 I7 V7"),
        ("swing", "swing2", "brushes", "swing", "bossa"), ("1--w--w--a--", "1--w--w--w--", "1--5--8--a--", "1-.1--w-.a--"), (32, 32, 32, 33, 35),
        (Comp(("x....x......", "..x-....x-..", "...x-....x-.", "x-----..x-.."), (0, 0, 26, 4, 11, 26), 60),
         Comp(("x-----------", "......x-...."), (61, 65, 66, 11, 17), 62, 0.3)),
        (65, 66, 64, 56, 59, 0, 26, 11, 71), vocals_probability=0.15, lead_probability=1.0, melody="swing", swing=(0.62, 0.67),
        drum_sounds=("gm:32", "gm:40", "gm:32", "gm:0"), tilt_db=(-5, 0), squash=(0, 0.12), reverb=(0.06, 0.25)),
    "metal": Style(
        (96, 190), ("minor", "phrygian", "harmonic"),
        ("i i bVI bVII", "i bII i bII", "i i i bV", "i bVI iv V", "i bIII bVII bVI", "i i bII bIII"),
        ("metal8", "doublebass", "blast", "gallop", "halftime", "doublebass"),
        ("1.1.1.1.1.1.1.1.", "1.111.111.111.11", "1111111111111111", "1---..1.1---1.1."), (34, 33, 38),
        (Comp(("p.p.p.p.p.p.p.p.", "p.ppp.ppp.ppp.pp", "P---p.p.P---p.pp", "pppppppppppppppp", "P-------P---p.p."), (30, 29), 45, 1.0, 0.95),
         Comp(("p.p.p.p.p.p.p.p.", "P-------P-------", "P---p.p.P---p.pp"), (30, 29), 45, 0.85, 0.9)),
        (30, 29, 30, 81), vocals_probability=0.5, lead_probability=0.6, melody="fast", drum_sounds=("gm:16", "gm:0", "kit", "kit"),
        tilt_db=(1, 5), squash=(0.5, 1.0), voices=("growl", "song")),
    "pop": Style(
        (88, 132), ("major", "minor", "pentatonic"),
        ("I V vi IV", "vi IV I V", "I vi IV V", "IV I V vi", "i bVI bIII bVII", "I iii IV V"),
        ("pop4", "popsync", "rock8", "house", "pop4"),
        ("1.1.1.1.1.1.1.1.", "1-------1-----5-", "1--1--1-5--5--5-", "1---1---1---1---"), (33, 34, 38, 39, "sub", "saw"),
        (Comp(("x---x---x---x---", "1-3-5-3-1-3-5-3-", "x--x--x-x--x--x-"), (0, 1, 4, 5, "pluck", 2), 62),
         Comp(("x---------------", "x-------x-------"), (48, 50, 89, "pad", 90, 51), 64, 0.8),
         Comp(("d-d.uud-d-d.uud.", "..x...x...x...x.", "x.x.x.x.x.x.x.x."), (25, 27, 28, "pluck", 26), 62, 0.6)),
        (80, 81, "saw", "square", 11, 73, 0, 88), vocals_probability=0.95, lead_probability=0.45,
        drum_sounds=("gm:0", "gm:25", "gm:24", "kit", "sonicpi"), tilt_db=(0, 5), squash=(0.3, 0.8)),
    "reggae": Style(
        (64, 98), ("minor", "major", "dorian", "pentatonic"),
        ("I IV I IV", "i iv i iv", "I V vi IV", "i bVII bVI bVII", "im7 ivm7 im7 V7", "I ii I ii"),
        ("onedrop", "onedrop2", "steppers", "rockers"),
        ("1-..1-3-5-......", "..1-1-..5-3-1-..", "1-1-..5-..8-5-3-", "1---..1-..5-8-..", "....1-1-3-5-...."), (33, 32, 34, 38),
        (Comp(("....x.......x...", "....X.......X.x.", "..x...x...x...x."), (27, 28, 26), 64),
         Comp(("..x...x...x...x.", "..xx..xx..xx..xx", "....x.......x..."), (16, 17, 18, 0), 60, 0.95)),
        (22, 57, 56, 66, 65, 27, 61), vocals_probability=0.6, lead_probability=0.6, swing=(0.5, 0.6), reverb=(0.1, 0.3),
        tilt_db=(-5, 1), squash=(0.1, 0.4)),
    "rock": Style(
        (96, 172), ("minor", "major", "mixolydian", "pentatonic"),
        ("I bVII IV I", "i bVI bVII i", "I IV V IV", "I V IV IV", "i bIII bVII IV", "I vi IV V"),
        ("rock8", "rock8b", "rockride", "rock8", "halftime"),
        ("1.1.1.1.1.1.1.1.", "1---1-1-1---1-5-", "1-1-..1-1-1-5-7-"), (33, 34, 34),
        (Comp(("P---P-P-P---P-P-", "d-d-dud-d-d-dudu", "P-------P---P---", "p.p.p.p.P---P---"), (29, 29, 30, 27, 28), 50, 1.0, 0.6),
         Comp(("1-3-5-6-5-3-5-3-", "d---d-u-d---d-u-", "P-------P-------"), (27, 25, 29, 26), 58, 0.7, 0.3),
         Comp(("x---------------", "x-x-x-x-x-x-x-x-"), (0, 18, 16, 4), 62, 0.35)),
        (29, 30, 27, 18, 29), vocals_probability=0.75, lead_probability=0.55, drum_sounds=("gm:0", "gm:8", "gm:16", "kit", "kit"),
        tilt_db=(-1, 4), squash=(0.25, 0.7), voices=("song", "growl")),
    "electronic": Style(
        (118, 140), ("minor", "dorian", "phrygian"),
        ("i i i i", "i i bVI bVII", "im7 im7 ivm7 ivm7", "i bVI bIII bVII", "i i iv iv", "im9 im9 bVImaj7 bVII"),
        ("house", "techno", "techno2", "house", "garage"),
        ("..1...1...1...1.", "1.11..1.1.11..8.", "..1-..1-..1-..8-", "1111111111111111", "1..1..1...1..1.."), ("sub", "saw", "square", 38, 39, "saw", "reese"),
        (Comp(("x..x..x...x..x..", "..x...x...x...x.", "x.....x.....x..."), ("pluck", "saw", 4, "square", 90, 16, "fm"), 62),
         Comp(("1.3.5.1.3.5.1.3.", "1353135313531353", "1.1.5.1.3.1.5.1."), ("pluck", "saw", "square", 81, 87, "fm"), 66, 0.75),
         Comp(("x---------------",), ("pad", 89, 90, 95, 50, "pad"), 62, 0.7)),
        ("saw", "square", 81, 87, "fm", "pluck"), vocals_probability=0.25, lead_probability=0.5, melody="riff",
        drum_sounds=("gm:25", "gm:24", "sonicpi", "sonicpi", "kit"), reverb=(0.08, 0.3), tilt_db=(-2, 5), squash=(0.35, 0.9)),
    "drumandbass": Style(
        (165, 180), ("minor", "dorian", "phrygian"),
        ("i i i i", "i i bVI bVI", "im7 im7 ivm7 ivm7", "im9 im9 bVImaj7 bVImaj7", "i i bII i"),
        ("dnb", "dnb2", "amen", "jungle", "dnb2"),
        ("1---------------|....1-----5-----", "1-----1-....8-..", "1-----------3-5-", "1-..1-..1-..8-7-"), ("reese", "reese", "sub", "saw", 38, 39),
        (Comp(("x---------------", "x-------------x-"), ("pad", 89, 91, 94, "pad", 50), 62),
         Comp(("x.....x.....x...", "1.3.5...1.3.5...", "..x.....x......."), ("pluck", "fm", 4, 5, 11, "saw"), 66, 0.65)),
        ("square", "saw", 81, "fm", 73), vocals_probability=0.25, lead_probability=0.4, melody="riff",
        drum_sounds=("kit", "sonicpi", "kit", "gm:25", "gm:16"), reverb=(0.06, 0.3), tilt_db=(-1, 5), squash=(0.4, 1.0)),
    "ambient": Style(
        (50, 96), ("major", "dorian", "lydian", "pentatonic"),
        ("Imaj7 Imaj7 IVmaj7 IVmaj7", "im9 im9 bVImaj7 bVImaj7", "I I I I", "vim7 vim7 IVmaj7 IVmaj7", "im7 im7 im7 im7"),
        ("sparse", "sparse2"), ("1---------------", "1---------------|----------------"), ("sub", 89, 39, 43, "sub"),
        (Comp(("x---------------|----------------", "x---------------"), ("pad", 89, 91, 94, 95, 92, 88), 60),
         Comp(("x---------------", "........x-------"), (52, 48, "pad", 53, 101, 97), 66, 0.7),
         Comp(("1...3.....5.....", "5.......3.......", "1.....5.....3..."), (98, 11, 46, "fm", 0, 88, 14), 74, 0.6)),
        (88, 99, "fm", 73, 77, 0, 100), drums_probability=0.15, bass_probability=0.6, vocals_probability=0.12,
        lead_probability=0.4, melody="long", reverb=(0.35, 0.65), tilt_db=(-7, 0), squash=(0, 0.15), voices=("choir",)),
    "folk": Style(
        (72, 150), ("major", "dorian", "mixolydian", "pentatonic"),
        ("I V vi IV", "I IV I V", "i bVII i bVII", "I I IV V", "I ii IV I", "i bIII bVII i"),
        ("folkbeat", "folkshaker", "jig"), ("1-------5-------", "1---------------", "1-------1-----5-"), (32, 32, 43),
        (Comp(("1-3-5-3-1-3-5-3-", "1-4-2-5-3-5-2-4-", "d---d-u-.ud-u---", "d-d-dudud-d-dudu"), (24, 25, 24, 25), 58),
         Comp(("1-3-5-3-5-3-5-3-", "x-----------x---", "x---------------"), (105, 21, 46, 107, 23, 15), 64, 0.5)),
        (40, 73, 75, 109, 110, 21, 22, 74, 72), drums_probability=0.35, bass_probability=0.6, vocals_probability=0.65,
        lead_probability=0.7, reverb=(0.05, 0.25), tilt_db=(-3, 2), squash=(0, 0.2)),
}
