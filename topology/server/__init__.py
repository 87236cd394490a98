"""The one server: the web app, and beside it the forms on people's phones."""
