"""What if, on the Map page: a draft that is begun, kept, shown, and turned into a pull request."""
