-- Create a round as opening, or find what is there.
-- KEYS: agenda, programme, round, place, taken, team's asked, unfinished, rounds, plan
-- ARGV: entry, fence, revision of the entry, round id, question id, data, asks_at, reveals_at, by hand (0 or 1),
--       '' or the instant in ms after which a question is not rested, ttl in s, how replies are collected, topic, level,
--       weights of the key points with commas, the plan when the question was chosen or ''
-- Returns {outcome, round in the way or '', the round's fields and values if it was begun}.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return { 'superseded', '' }
end
local state = redis.call('HGET', KEYS[3], 'state')
local known = redis.call('HMGET', KEYS[2], 'state', 'revision')
local current = known[1] == 'active' and (ARGV[3] == '0' or ARGV[3] == known[2])
if not current and (not state or state == 'opening') then
  return { 'stale', '' }
end
if state then
  if state == 'opening' then
    redis.call('HSET', KEYS[3], 'asks_at', ARGV[7], 'reveals_at', ARGV[8])
  end
  return { 'begun', '', redis.call('HGETALL', KEYS[3]) }
end
local present = redis.call('HGET', KEYS[4], 'round')
if present and present ~= ARGV[4] then
  return { 'busy', present }
end
if (redis.call('GET', KEYS[9]) or '') ~= ARGV[16] then
  return { 'taken', '' }
end
local taken_by = redis.call('HGET', KEYS[5], ARGV[5])
if taken_by and taken_by ~= ARGV[4] then
  return { 'taken', '' }
end
local asked = redis.call('ZSCORE', KEYS[6], ARGV[5])
if ARGV[10] ~= '' and asked and tonumber(asked) > tonumber(ARGV[10]) then
  return { 'taken', '' }
end
redis.call('HSET', KEYS[3], 'state', 'opening', 'question', ARGV[5], 'data', ARGV[6], 'asks_at', ARGV[7],
  'reveals_at', ARGV[8], 'by_hand', ARGV[9], 'repliers', 0, 'index', 0, 'collect', ARGV[12], 'begun_at', now_ms(),
  'topic', ARGV[13], 'level', ARGV[14], 'weights', ARGV[15])
redis.call('EXPIRE', KEYS[3], ARGV[11])
redis.call('HSET', KEYS[4], 'round', ARGV[4])
redis.call('HSET', KEYS[5], ARGV[5], ARGV[4])
redis.call('SADD', KEYS[7], ARGV[4])
redis.call('ZADD', KEYS[8], ARGV[7], ARGV[4])
redis.call('ZREMRANGEBYRANK', KEYS[8], 0, -401)
return { 'begun', '', redis.call('HGETALL', KEYS[3]) }
