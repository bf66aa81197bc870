"""`python -m dashboard`: serve the dashboard on this machine; further arguments go to `streamlit run`."""

import os
import sys
from pathlib import Path

from dashboard.source import location


def main() -> int:
    """Serve until interrupted."""
    from streamlit.web import cli

    app = Path(__file__).parent / "app.py"
    # Streamlit looks for its settings beside the script; what is set here holds from any folder.
    os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
    os.environ.setdefault("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    print(f"Exports: {location(os.environ)}", flush=True)
    sys.argv = ["streamlit", "run", str(app), *sys.argv[1:]]
    return int(cli.main(prog_name="streamlit") or 0)


if __name__ == "__main__":
    sys.exit(main())
