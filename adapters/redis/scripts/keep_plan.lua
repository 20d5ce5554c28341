-- Keep what is meant to come next, in the place of what was read.
-- KEYS: plan   ARGV: the plan that was read or '', the new one, ttl in s
-- Returns 1, or 0 if somebody else has planned meanwhile. A repeated call finds its own.
local kept = redis.call('GET', KEYS[1]) or ''
if kept ~= ARGV[1] and kept ~= ARGV[2] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
