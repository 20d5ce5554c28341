"""``python -m bot``: a start that cannot go on is one sentence and an exit code, never a traceback."""

import sys

from bot.cli.main import main
from bot.ports import StartError, StoreUnavailable

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the sentence is for whoever started it
        sys.exit(error.code)
    except StoreUnavailable as error:
        print(f"{error}. Is the server up, and STUDYBOT_REDIS_URL right?", file=sys.stderr)  # noqa: T201
        sys.exit(69)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
