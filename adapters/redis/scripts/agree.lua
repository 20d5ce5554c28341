-- Let the first word that was proposed stand for all, for a while after anybody last asked.
-- KEYS: lease   ARGV: word, ms   Returns the word that stands.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('GET', KEYS[1])
