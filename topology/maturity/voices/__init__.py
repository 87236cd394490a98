"""Voices: what people answered, as counts that show nobody, and the statistics that need the rows; the rows themselves are not kept."""
