"""The commands of `topology`, one file each; libraries that are slow to import are imported inside them."""
