"""Rows, names and packs -> who speaks, in which office, for whom: the derived layer, written with the hash of its inputs."""
