/// Who reads the answers of a server.
///
/// A caller who waits for an answer that another thread reads pays for waking up that thread and
/// then for being woken up by it: more than the answer itself costs on one machine. So a caller who
/// waits reads the socket himself while nobody else does, as he would without a client.
///
/// - [org.edgeplex.state.turn.ReadingTurn]: who reads now. The owner's thread does, unless a series
///   of calls showed that each was waited for by its caller before the next one was made: then it
///   steps back, and looks now and then whether it is wanted again.
/// - [org.edgeplex.state.turn.Awaited]: an answer whose waiter may read.
///
/// A caller who reads completes nothing but what he waits for: what hangs on the answers of others
/// runs on the owner's thread, as always. Threads that are virtual do not read: they would keep a
/// carrier. What they wait for ends a series.
///
/// What it is not: it knows no protocol, no deadlines of calls and no connections; it is not for
/// what a simulation drives.
@NullMarked
package org.edgeplex.state.turn;

import org.jspecify.annotations.NullMarked;
