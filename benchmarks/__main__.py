"""``python -m benchmarks`` (``make bench``) runs what needs no data of its own: ``crashes``; ``grading PATH`` needs a path."""

import sys

from benchmarks import crashes, grading


def main(argv: list[str]) -> int:
    match argv:
        case [] | ["crashes", *_]:
            return crashes.main(argv[1:])
        case ["grading", *rest]:
            return grading.main(rest)
        case _:
            print("Say one of: crashes [--at POINT], grading PATH.", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
