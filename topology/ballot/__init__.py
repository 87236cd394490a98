"""The forms on people's phones: plain HTML without a script, served beside the app by the same server."""
