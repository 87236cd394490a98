"""Data → Altair chart. A chart knows nothing of where its rows came from."""
