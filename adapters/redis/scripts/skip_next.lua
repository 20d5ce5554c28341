-- Leave out a programme's next opening: its round is skipped before it was asked, and the following one takes its place.
-- KEYS: agenda, programme, round, rounds, delivery
-- ARGV: round id, revision of the programme, note, asks_at, reveals_at, ttl in s, ttl of the delivery in s,
--       how many may be skipped ahead, then candidates (round id, round key, due)
-- Returns {'skipped', 'being asked' or 'enough', round id} or {'changed', ''}. Whoever holds the opening has lost it.
local before = redis.call('HMGET', KEYS[5], 'outcome', 'round')
if before[1] then
  return before
end
local known = redis.call('HMGET', KEYS[2], 'state', 'revision', 'next')
if known[1] ~= 'active' or known[2] ~= ARGV[2] or known[3] ~= ARGV[1] then
  return { 'changed', '' }
end
local outcome = 'skipped'
if redis.call('EXISTS', KEYS[3]) == 1 then
  outcome = 'being asked'
elseif redis.call('ZCOUNT', KEYS[4], '(' .. now_ms(), '+inf') >= tonumber(ARGV[8]) then
  -- Nothing but a skipped round stands among the rounds before its time.
  outcome = 'enough'
else
  redis.call('HSET', KEYS[3], 'state', 'skipped', 'note', ARGV[3], 'data', '', 'asks_at', ARGV[4], 'reveals_at', ARGV[5],
    'by_hand', 0, 'repliers', 0, 'index', 0)
  redis.call('EXPIRE', KEYS[3], ARGV[6])
  redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])
  redis.call('ZREMRANGEBYRANK', KEYS[4], 0, -401)
  finish(KEYS[1], 'open:' .. ARGV[1])
  schedule_opening(KEYS[1], KEYS[2], candidates_from(9))
end
redis.call('HSET', KEYS[5], 'outcome', outcome, 'round', ARGV[1])
redis.call('EXPIRE', KEYS[5], ARGV[7])
return { outcome, ARGV[1] }
