"""Findings, tables and teams → what a person or a program reads. One file a format; printing stays in `commands`."""
