-- Keep what a member says of a question, in the place of an earlier word, or take it back.
-- KEYS: feedback, erasing   ARGV: member, the word or '', ttl in s   Returns 1, or 0 while the member is being erased.
if is_being_erased(KEYS[2], ARGV[1]) then
  return 0
end
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return 1
