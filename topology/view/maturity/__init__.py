"""Maturity as pictures, without Streamlit: the grid of levels, one dimension over all teams, one team's profile."""
