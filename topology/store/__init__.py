"""What the app keeps while people take part: the only SQL of the product that writes."""
