#!lua flags=allow-oom
-- Delete what is a member's alone.
-- KEYS: erasing, then the keys   ARGV: member, token   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 2, #KEYS do
  redis.call('DEL', KEYS[i])
end
return 1
