"""What a facilitator hands out: links for a mail merge, cards to print, links to the teams' own totals."""
