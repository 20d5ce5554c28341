#!lua flags=allow-oom
-- End an erasure. The last that is left of the member goes.
-- KEYS: erasing, moving, erased   ARGV: member, token, seconds for which it is remembered when it ended   Returns 1, or 0 if it had ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('SET', KEYS[3], now_ms(), 'EX', ARGV[3])
return redis.call('HDEL', KEYS[1], ARGV[1])
