-- Hide a member, or bring the member back: from here on that decides where points go. What is there must be moved next.
-- KEYS: hidden members, moving, rights, erasing   ARGV: member, 1 to hide or 0 to bring back
-- Returns the number of this change, or 0 if the member is being erased.
if is_being_erased(KEYS[4], ARGV[1]) then
  return 0
end
redis.call(ARGV[2] == '1' and 'SADD' or 'SREM', KEYS[1], ARGV[1])
local number = redis.call('INCR', KEYS[3])
redis.call('HSET', KEYS[2], ARGV[1], number)
return number
