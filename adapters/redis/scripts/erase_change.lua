#!lua flags=allow-oom
-- Leave a change in a place's log, but not who made it.
-- KEYS: erasing, changes   ARGV: member, token, the change, the change without who   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
local at = redis.call('ZSCORE', KEYS[2], ARGV[3])
if at then
  redis.call('ZADD', KEYS[2], at, ARGV[4])
  redis.call('ZREM', KEYS[2], ARGV[3])
end
return 1
