-- Move a round from open to closing: from here on every reply is late, and boards say that they are being updated.
-- KEYS: agenda, round, place, closing   ARGV: entry, fence, round id
-- Returns 1, or 0 if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
local known = redis.call('HMGET', KEYS[2], 'state', 'by_hand')
if known[1] == 'open' then
  redis.call('HSET', KEYS[2], 'state', 'closing')
  redis.call('SADD', KEYS[4], ARGV[3])
  if known[2] == '0' then
    redis.call('HSET', KEYS[2], 'index', redis.call('HINCRBY', KEYS[3], 'index', 1))
  end
end
return 1
