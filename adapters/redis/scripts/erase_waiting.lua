#!lua flags=allow-oom
-- Let nothing of a member who is being erased wait for a lead.
-- KEYS: erasing, what waits for the lead   ARGV: member, token, then the entries   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 3, #ARGV do
  redis.call('ZREM', KEYS[2], ARGV[i])
end
return 1
