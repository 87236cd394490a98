"""The team map on the screen: a layout and an overlay become one SVG, and the SVG an interactive component."""
