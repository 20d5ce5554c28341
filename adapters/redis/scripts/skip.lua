-- Move a round from nothing or opening to skipped, with the programme's next opening on the agenda.
-- KEYS: agenda, programme, round, place, taken, unfinished, rounds
-- ARGV: entry, fence, round id, note, asks_at, reveals_at, by hand (0 or 1), data, ttl in s,
--       ms until one looks for a post that came too late, then candidates (round id, round key, due)
-- Returns 'skipped', 'replies' if somebody has replied (then nothing is changed), or 'superseded'.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 'superseded'
end
local known = redis.call('HMGET', KEYS[3], 'state', 'question', 'repliers')
if known[1] == 'opening' and tonumber(known[3]) > 0 then
  return 'replies'
end
if not known[1] then
  redis.call('HSET', KEYS[3], 'data', ARGV[8], 'asks_at', ARGV[5], 'reveals_at', ARGV[6], 'by_hand', ARGV[7],
    'repliers', 0, 'index', 0)
  redis.call('ZADD', KEYS[7], ARGV[5], ARGV[3])
  redis.call('ZREMRANGEBYRANK', KEYS[7], 0, -401)
end
if not known[1] or known[1] == 'opening' then
  redis.call('HSET', KEYS[3], 'state', 'skipped', 'note', ARGV[4])
  redis.call('EXPIRE', KEYS[3], ARGV[9])
  if redis.call('HGET', KEYS[4], 'round') == ARGV[3] then
    redis.call('HDEL', KEYS[4], 'round')
  end
  if known[2] and redis.call('HGET', KEYS[5], known[2]) == ARGV[3] then
    redis.call('HDEL', KEYS[5], known[2])
  end
  redis.call('SREM', KEYS[6], ARGV[3])
end
if known[1] == 'opening' then
  schedule(KEYS[1], 'settle:' .. ARGV[3], now_ms() + ARGV[10], 0)
end
finish(KEYS[1], ARGV[1])
schedule_opening(KEYS[1], KEYS[2], candidates_from(11))
return 'skipped'
