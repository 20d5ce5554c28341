-- Note that a member's points have all been moved, unless the member was hidden or shown again meanwhile.
-- KEYS: moving   ARGV: member, number of the change   Returns 1 if that was the last change.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
return redis.call('HDEL', KEYS[1], ARGV[1])
