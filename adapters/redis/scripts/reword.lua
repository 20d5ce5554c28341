-- Put another revision of its question into a revealed round.
-- KEYS: agenda, round   ARGV: entry, fence, the question, topic, level, weights   Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
if redis.call('HGET', KEYS[2], 'state') == 'revealed' then
  redis.call('HSET', KEYS[2], 'data', ARGV[3], 'topic', ARGV[4], 'level', ARGV[5], 'weights', ARGV[6])
end
return 1
