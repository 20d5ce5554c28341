-- Put a board (or the streaks) that was made anew in the place of the old one, if the ledgers have not grown meanwhile.
-- KEYS: board, the new one or nothing, then the ledgers it was made from
-- ARGV: ttl in s (0: for ever), then the number of entries that each ledger had
-- Returns 1, or 0 if a ledger has grown.
for i = 3, #KEYS do
  if redis.call('HLEN', KEYS[i]) ~= tonumber(ARGV[i - 1]) then
    redis.call('DEL', KEYS[2])
    return 0
  end
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('RENAME', KEYS[2], KEYS[1])
  if ARGV[1] ~= '0' then
    redis.call('EXPIRE', KEYS[1], ARGV[1])
  else
    redis.call('PERSIST', KEYS[1])
  end
else
  redis.call('DEL', KEYS[1])
end
return 1
