-- Keep what members remember of a question; of whom something newer is kept, nothing.
-- KEYS: the memories of each member   ARGV: question id, ttl in s, then a memory per member
-- A memory is an object whose "last" is the instant in ms that it is of.
for i = 1, #KEYS do
  if not is_newer_kept(KEYS[i], ARGV[1], ARGV[i + 2]) then
    redis.call('HSET', KEYS[i], ARGV[1], ARGV[i + 2])
    redis.call('EXPIRE', KEYS[i], ARGV[2])
  end
end
return 1
