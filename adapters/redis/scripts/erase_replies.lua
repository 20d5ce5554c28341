#!lua flags=allow-oom
-- Take the replies in time of a member who is being erased out of rounds, and out of the rounds' counts.
-- KEYS: erasing, then (replies, round) …   ARGV: member, token   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 2, #KEYS, 2 do
  local raw = redis.call('HGET', KEYS[i], ARGV[1])
  if raw and stands(cjson.decode(raw)) and redis.call('EXISTS', KEYS[i + 1]) == 1 then
    redis.call('HINCRBY', KEYS[i + 1], 'repliers', -1)
  end
  redis.call('HDEL', KEYS[i], ARGV[1])
end
return 1
