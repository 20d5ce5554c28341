-- Keep what members remember of a question; of whom something newer is kept, or whose data is gone, nothing.
-- KEYS: erasing, grades of the round that asked it (any key if none did), then memories and erased of each member
-- ARGV: question id, ttl in s, whether a round asked it (0 or 1), then (member, memory) …
-- A memory is an object whose "last" is the instant in ms that it is of.
for i = 3, #KEYS, 2 do
  local member, memory = ARGV[i + 1], ARGV[i + 2]
  local gone = is_forgotten(KEYS[1], KEYS[i + 1], member, memory) or (ARGV[3] == '1' and redis.call('HEXISTS', KEYS[2], member) == 0)
  if not gone and not is_newer_kept(KEYS[i], ARGV[1], memory) then
    redis.call('HSET', KEYS[i], ARGV[1], memory)
    redis.call('EXPIRE', KEYS[i], ARGV[2])
  end
end
return 1
