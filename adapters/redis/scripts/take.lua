-- Hold something for a while from now, or hold it on.
-- KEYS: lease   ARGV: holder, ms   Returns nothing, or {who else holds it, ms}.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return {holder, redis.call('PTTL', KEYS[1])}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {}
