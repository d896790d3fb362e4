/// The engine on a Redis server, through a small client of our own for RESP3.
///
/// - **Keys.** All begin with `{edgeplex:NAMESPACE}`, so that they share a cluster's slot. `:o`,
///   table number (2 octets) and key -> version (8 octets) and value. `:i` and table number: a
///   sorted set of the table's keys, all with score 0, so in order: scans by prefix are native.
///   `:seq`: the number of the last change. `:log`: a stream of changes, one entry for each batch;
///   its id is the number of the last change in it, so numbers have no gaps. `:meta`: format, and
///   the run id of the server that was last seen. `:c:` and client: its session.
/// - **Versions** are numbers of changes and never come again. When a client meets a server with
///   another run id (restarted, or a replica that took over), it leaves out 2^24 numbers: more than
///   such a server can have lost. The gap tells cursors that they lost their place.
/// - **Writes.** One script, `write.lua`, applies a batch: fencing, condition, object, index, log.
///   A server runs one script at a time, so no write of a fenced incarnation follows its fencing. A
///   call has at most 128 writes or 1 MiB, since nothing else happens meanwhile.
/// - **Once.** Requests of a session are numbered. The script refuses a number that is not the
///   next, and a generation of the session that is not the newest. So after a lost connection a
///   client begins a new generation, learns what was done of what it had under way, and repeats the
///   rest: nothing is done twice, and nothing of the old connection is done later.
/// - **Connection.** One, pipelined; a second one for writes when they wait for replicas. What
///   comes in while a flush is under way goes out with the next. Answers are read by a thread of
///   the connection, or by the caller who waits for one: see `org.edgeplex.state.turn`.
///
/// What it is not: a client for other uses of Redis; a client that follows a cluster's redirections
/// (all keys have one slot: name the node that has it); consensus. A server that fails over may
/// lose writes that it acknowledged, also those that `WAIT` had confirmed.
///
/// - RESP3: github.com/redis/redis-specifications, protocol/RESP3.md
@NullMarked
package org.edgeplex.state.redis;

import org.jspecify.annotations.NullMarked;
