"""Invented names for the demo library, by style."""

YEAR = "2026"

ARTISTS = {
    "blues": "Harlan Tidewater",
    "classical": "Lindenhof Chamber Players",
    "country": "The Prairie Almanac",
    "disco": "Mirrorball Transit",
    "hiphop": "Low Ledger",
    "jazz": "Odette Marlow Quartet",
    "metal": "Gravelthrone",
    "pop": "Nadia Veil",
    "reggae": "Harbour Yard",
    "rock": "The Copper Alarms",
    "electronic": "Kilowatt Garden",
    "drumandbass": "Stratum Nine",
    "ambient": "Slow Meridian",
    "folk": "Wren and Hollow",
}
ALBUMS = {
    "blues": "Third Rail Levee",
    "classical": "Small Rooms",
    "country": "Fence Line",
    "disco": "Escalator Nights",
    "hiphop": "Receipts",
    "jazz": "Half Past Amber",
    "metal": "Ore",
    "pop": "Paper Satellites",
    "reggae": "Salt Ledger",
    "rock": "Emergency Exit Music",
    "electronic": "Phase Orchard",
    "drumandbass": "Fault Lines",
    "ambient": "Tide Tables",
    "folk": "The Hazel Gate",
}
TITLES = {
    "blues": ("Mud on the Timetable", "Second Shift Moan"),
    "classical": ("Allegretto for a Narrow Window", "Serenade in Grey Wool"),
    "country": ("Gate Left Open", "Nine Miles of Gravel"),
    "disco": ("Coat Check Romance", "Last Train Strobe"),
    "hiphop": ("Carbon Copy", "Window Seat Cypher"),
    "jazz": ("Blue Umbrella", "Walking Back from Nowhere"),
    "metal": ("Anvil Weather", "Slagheap Hymn"),
    "pop": ("Call Me Weather", "Glass Umbrella"),
    "reggae": ("Breakwater", "Sunday Tin Roof"),
    "rock": ("Static in the Kitchen", "Red Light Runner"),
    "electronic": ("Sodium Lamps", "Voltage Bloom"),
    "drumandbass": ("Under the Ring Road", "Seismograph"),
    "ambient": ("Harbour before Dawn", "Lichen"),
    "folk": ("The Ferryman's Coat", "Barley and Rain"),
}
