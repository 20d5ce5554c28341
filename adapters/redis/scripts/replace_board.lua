-- Put a board (or the streaks) that was made anew in the place of the old one, if the ledgers have not grown meanwhile
-- and the same members are hidden or erased.
-- KEYS: board, the new one, all ledgers, rights, then the ledgers it was made from
-- ARGV: ttl in s (0: for ever), 1 if the new one is empty, the number of all ledgers, the count of rights or '0', then the
--       number of the entries that each ledger had
-- Returns 1, or 0 if something has changed. Safe to repeat: the new one is named for one try and is gone after it.
local grown = redis.call('SCARD', KEYS[3]) ~= tonumber(ARGV[3])
grown = grown or (redis.call('GET', KEYS[4]) or '0') ~= ARGV[4]
for i = 5, #KEYS do
  grown = grown or redis.call('HLEN', KEYS[i]) ~= tonumber(ARGV[i])
end
if grown then
  redis.call('DEL', KEYS[2])
  return 0
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('RENAME', KEYS[2], KEYS[1])
  if ARGV[1] ~= '0' then
    redis.call('EXPIRE', KEYS[1], ARGV[1])
  else
    redis.call('PERSIST', KEYS[1])
  end
elseif ARGV[2] == '1' then
  redis.call('DEL', KEYS[1])
end
return 1
