#!lua flags=allow-oom
-- Take a member who is being erased out of hashes, sets and sorted sets.
-- KEYS: erasing, then the keys   ARGV: member, token   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
local commands = { hash = 'HDEL', set = 'SREM', zset = 'ZREM' }
for i = 2, #KEYS do
  local command = commands[redis.call('TYPE', KEYS[i]).ok]
  if command then
    redis.call(command, KEYS[i], ARGV[1])
  end
end
return 1
