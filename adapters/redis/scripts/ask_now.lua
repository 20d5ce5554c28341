-- Put a round by hand on the agenda, due now: today's own if its opening is still to come, else today's next number.
-- KEYS: agenda, programme, place, delivery
-- ARGV: programme id, date, today's round id or '', reveal instant of a round on top, ttl of the delivery in s,
--       key of the date's first round
-- Returns {'given', round id}, {'in the way', round id} or {'not active', ''}.
local before = redis.call('GET', KEYS[4])
if before then
  return { 'given', before }
end
if redis.call('HGET', KEYS[2], 'state') ~= 'active' then
  return { 'not active', '' }
end
local present = redis.call('HGET', KEYS[3], 'round')
if present then
  return { 'in the way', present }
end
local pending = redis.call('HGET', KEYS[3], 'by_hand')
if pending and redis.call('ZSCORE', KEYS[1], 'open:' .. pending) then
  return { 'in the way', pending }
end
local now = now_ms()
local id
if ARGV[3] ~= '' and redis.call('HGET', KEYS[2], 'next') == ARGV[3] and redis.call('ZSCORE', KEYS[1], 'open:' .. ARGV[3]) then
  id = ARGV[3]
  schedule(KEYS[1], 'open:' .. id, now, redis.call('HGET', KEYS[2], 'revision'))
else
  local number = redis.call('HINCRBY', KEYS[3], 'number', 1) + 1
  if redis.call('HGET', KEYS[3], 'number_of') ~= ARGV[2] then
    number = 2
    redis.call('HSET', KEYS[3], 'number', 1, 'number_of', ARGV[2])
  end
  -- A date may come a second time, where the programme's zone is moved to the west.
  while redis.call('EXISTS', ARGV[6] .. '.' .. number) == 1 do
    number = number + 1
  end
  id = ARGV[1] .. ':' .. ARGV[2] .. '.' .. number
  schedule(KEYS[1], 'open:' .. id, now, 0, ARGV[4])
  redis.call('HSET', KEYS[3], 'by_hand', id)
end
redis.call('SET', KEYS[4], id, 'EX', ARGV[5])
return { 'given', id }
