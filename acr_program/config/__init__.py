"""How the program is set up and kept safe: start-up checks, headers, logging, health, processes."""
