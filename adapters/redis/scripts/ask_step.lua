-- Put something to be done to a revealed round on the agenda, due now; what is under way begins anew.
-- KEYS: agenda, round   ARGV: entry   Returns 1, or 0 if the round is not revealed.
if redis.call('HGET', KEYS[2], 'state') ~= 'revealed' then
  return 0
end
schedule(KEYS[1], ARGV[1], now_ms(), 0)
return 1
