"""Statistics of answers on five anchored levels: agreement, the gap between two sides, differences between squads, trends."""
