"""Awards: which there are, who may give them, what money goes with them, how many there may be."""
