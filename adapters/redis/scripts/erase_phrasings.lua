#!lua flags=allow-oom
-- Take away what was learnt from a member who is being erased, and the member's name from what that member accepted.
-- KEYS: erasing, phrasings   ARGV: member, token, the member's digest   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
local all = redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  local phrasing = cjson.decode(all[i + 1])
  if phrasing.from == ARGV[3] then
    redis.call('HDEL', KEYS[2], all[i])
  elseif phrasing.by == ARGV[1] then
    phrasing.by = nil
    redis.call('HSET', KEYS[2], all[i], cjson.encode(phrasing))
  end
end
return 1
