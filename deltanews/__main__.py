"""Run the command line: `deltanews` and `python -m deltanews`."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong use or settings, 130 interrupted."""
    try:
        # Ctrl-C ends the second that the libraries take to load as it ends all that follows: without a traceback.
        from deltanews.invocation import exit_status  # noqa: PLC0415

        status = exit_status(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
