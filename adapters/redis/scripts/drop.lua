-- Acknowledge an entry that needs no move of a round.
-- KEYS: agenda   ARGV: entry, fence   Returns 1, or 0 if somebody else holds it.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
finish(KEYS[1], ARGV[1])
return 1
