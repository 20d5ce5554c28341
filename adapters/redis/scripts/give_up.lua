-- Let others have what one holds.
-- KEYS: lease   ARGV: holder   Returns 1, or 0 if somebody else holds it, or nobody.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
