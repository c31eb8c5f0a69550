"""The recipe of the training songs: compose by table, render stem by stem, mix, store with labels."""
