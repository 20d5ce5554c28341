-- Keep a member's practice reply and the memory that it makes, once per delivery.
-- KEYS: memories, attempt, deliveries, erasing, erased
-- ARGV: question id, memory, attempt, ttl in s, delivery, ttl of deliveries in s, member
-- Returns 1, or 0 if the delivery is known, something newer of the question is kept, or the member was erased since.
if is_forgotten(KEYS[4], KEYS[5], ARGV[7], ARGV[2]) then
  return 0
end
if redis.call('ZSCORE', KEYS[3], ARGV[5]) or is_newer_kept(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
redis.call('ZADD', KEYS[3], now_ms(), ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now_ms() - ARGV[6] * 1000)
redis.call('EXPIRE', KEYS[3], ARGV[6])
return 1
