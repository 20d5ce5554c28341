-- Take one of what may be had so often a day. The day begins with the first that is taken.
-- KEYS: allowance   ARGV: how many a day, a day in s   Returns 1, or 0 if nothing is left
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then return 0 end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return 1
