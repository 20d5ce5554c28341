-- Keep what members remember of a question; of whom something newer is kept, or whose data is gone, nothing.
-- KEYS: erasing, grades of the round that asked it (any key if none did), then the memories of each member
-- ARGV: question id, ttl in s, whether a round asked it (0 or 1), then (member, memory) …
-- A memory is an object whose "last" is the instant in ms that it is of.
for i = 3, #KEYS do
  local member, memory = ARGV[2 * i - 2], ARGV[2 * i - 1]
  local gone = is_being_erased(KEYS[1], member) or (ARGV[3] == '1' and redis.call('HEXISTS', KEYS[2], member) == 0)
  if not gone and not is_newer_kept(KEYS[i], ARGV[1], memory) then
    redis.call('HSET', KEYS[i], ARGV[1], memory)
    redis.call('EXPIRE', KEYS[i], ARGV[2])
  end
end
return 1
