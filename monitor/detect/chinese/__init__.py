"""Chinese departures: cues, who leaves, what is left, how sure."""
