-- Put the entry that an unfinished round needs back on the agenda, if it is missing; forget a round that needs none.
-- KEYS: agenda, round, unfinished, place, taken, closing, unsettled   ARGV: round id   Returns 1 if an entry was missing.
local known = redis.call('HMGET', KEYS[2], 'state', 'reveals_at', 'settles_at', 'settled', 'asks_at')
local state = known[1]
if not state then
  -- It ran out while nobody was there to end it: nothing may wait for it any more.
  if redis.call('HGET', KEYS[4], 'round') == ARGV[1] then
    redis.call('HDEL', KEYS[4], 'round')
  end
  local taken = redis.call('HGETALL', KEYS[5])
  for i = 1, #taken, 2 do
    if taken[i + 1] == ARGV[1] then
      redis.call('HDEL', KEYS[5], taken[i])
    end
  end
  redis.call('SREM', KEYS[6], ARGV[1])
  redis.call('ZREM', KEYS[7], ARGV[1])
end
if not state or state == 'skipped' or known[4] then
  redis.call('SREM', KEYS[3], ARGV[1])
  return 0
end
local step, due
if state == 'opening' then
  step, due = 'open', known[5]
elseif state == 'revealed' then
  step, due = 'settle', known[3]
else
  step, due = 'reveal', known[2]
end
local entry = step .. ':' .. ARGV[1]
if redis.call('ZSCORE', KEYS[1], entry) then
  return 0
end
schedule(KEYS[1], entry, due, 0)
return 1
