-- Take no more self-checks of a round.
-- KEYS: agenda, round   ARGV: entry, fence   Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[2], 'checked', 1)
return 1
