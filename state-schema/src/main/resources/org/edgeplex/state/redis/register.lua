-- Makes the store if it is to be made, and begins a new generation of a client's session: what an
-- older connection of the client still has under way is refused from now on.
--
-- KEYS  1 the store's prefix, 2 the session's record
-- ARGV  1 format, 2 run id of the server, 3 whether to make a store (0, 1),
--       4 versions to leave out when the server is another one, 5 seconds that a session is kept
--
-- Answers with 'ok', generation, number of the last request, and the answers to the last four;
-- or with what is wrong.
local call = redis.call
local prefix, session = KEYS[1], KEYS[2]
local meta, counter, probe = prefix .. ':meta', prefix .. ':seq', prefix .. ':probe'

-- First, so that a full server refuses nothing of what follows: reads must go on.
call('DEL', probe)
local format = call('HGET', meta, 'format')
if not format then
  if call('EXISTS', counter, prefix .. ':log') > 0 then return {'foreign'} end
  if ARGV[3] == '0' then return {'absent'} end
  call('HSET', meta, 'format', ARGV[1], 'run', ARGV[2])
  call('SET', counter, '0')
elseif format ~= ARGV[1] then
  return {'other', format}
end
if not call('GET', counter) then return {'foreign'} end

-- A server that was restarted, or took over, may have lost the last writes, whose versions must not
-- come again: leave out more than can be lost. The gap tells cursors that they lost their place.
if call('HGET', meta, 'run') ~= ARGV[2] then
  call('INCRBY', counter, ARGV[4])
  call('HSET', meta, 'run', ARGV[2])
end

-- Whatever write.lua and the reads will use: a right that is missing shows here, not in a batch.
call('SET', probe, 'x')
call('GETRANGE', probe, 0, 0)
call('MGET', probe)
call('DEL', probe)
call('ZADD', probe, 0, 'x')
call('ZRANGE', probe, '-', '+', 'BYLEX', 'LIMIT', 0, 1)
call('ZREM', probe, 'x')
call('XADD', probe, 'MINID', '~', 0, '1-0', 'c', 'x')
call('XRANGE', probe, '-', '+')
call('DEL', probe)

local generation = call('HINCRBY', session, 'g', 1)
call('HSETNX', session, 'n', 0)
call('EXPIRE', session, ARGV[5])
local known = call('HMGET', session, 'n', 0, 1, 2, 3)
return {'ok', tostring(generation), known[1], known[2], known[3], known[4], known[5]}
