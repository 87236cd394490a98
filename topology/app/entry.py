"""What `topology app` gives to `streamlit run`."""

from topology.app.main import main

main()
