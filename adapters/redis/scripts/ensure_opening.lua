-- Put an active programme's next opening on the agenda, if none is there.
-- KEYS: agenda, programme   ARGV: candidates (round id, round key, due)   Returns 1 if it was missing.
return schedule_opening(KEYS[1], KEYS[2], candidates_from(1))
