"""The 14 styles the recipe composes and the classifier names, in logit order."""

GENRES: tuple[tuple[str, str], ...] = (
    ("blues", "Blues"),
    ("classical", "Classical"),
    ("country", "Country"),
    ("disco", "Disco"),
    ("hiphop", "Hip-Hop"),
    ("jazz", "Jazz"),
    ("metal", "Metal"),
    ("pop", "Pop"),
    ("reggae", "Reggae"),
    ("rock", "Rock"),
    ("electronic", "Electronic"),
    ("drumandbass", "Drum and Bass"),
    ("ambient", "Ambient"),
    ("folk", "Folk"),
)
GENRE_IDS = tuple(genre_id for genre_id, _ in GENRES)
