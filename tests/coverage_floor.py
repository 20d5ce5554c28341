"""Hold the measured branch coverage against what is asked of each part of the code.

Run after the tests: ``python -m tests.coverage_floor``. Everything must reach ``OVERALL``; the rules themselves 100 %.
"""

import io
import sys

from coverage import Coverage

OVERALL = 90.0
FULL = ("bot/domain/*", "bot/service/*", "content/schema.py", "scheduler/calendar.py")


def main() -> int:
    measured = Coverage()
    measured.load()
    full = measured.report(include=list(FULL), file=sys.stdout, show_missing=True, skip_covered=True)
    overall = measured.report(file=io.StringIO())
    print(f"coverage with branches: {overall:.1f} % (at least {OVERALL} %), the rules {full:.2f} % (100 %)")
    return 0 if full == 100 and overall >= OVERALL else 1


if __name__ == "__main__":
    sys.exit(main())
