"""The only home of networkx: organisation → graphs and structure; and the team map's layout (graph.teammap)."""
