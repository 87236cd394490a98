"""What `topology app` gives to `streamlit run`. It stands alone in its folder: Streamlit takes a folder `pages` beside it for its own."""

from topology.app.main import main

main()
