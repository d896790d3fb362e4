/// The engine on a RAMCloud cluster.
///
/// A cluster changes single objects under a condition on that object's version. It has no
/// transaction over several, no order in its tables, nothing to watch. What [StateStore] promises
/// beyond that is built here, in two layers: [RamcloudClient] is what a cluster does,
/// [RamcloudStateStore] is the rest.
///
/// - **Objects.** One table of the cluster for each of the catalogue, `<namespace>.<number>`. An
///   object begins with a header that names the intent which wrote it. A removal writes a
///   *tombstone*, and so does who is about to create: nothing is ever conditional on absence, for
///   absence returns and versions do not. [Upkeep] removes old tombstones, at any time without
///   danger to writers.
/// - **Logs.** Each holder of a lease has a log in `<namespace>.log`, a ring of objects; writes of
///   nobody (tools) share one; `<namespace>.directory` lists them. A batch of writes is first
///   *announced* by an entry that names its objects with the versions that they have, then done,
///   each on the condition of that version. An entry is appended by a conditional write of the next
///   slot, and only when the entry before is *settled*: when none of its objects has the announced
///   version any more. Who finds an unsettled entry of another waits a little, then rewrites the
///   objects in question with the content that they have: in a new version, so that the other's
///   write fails, however late it comes. The new version is the cluster's alone: the object says in
///   which one users know it, for whom nothing has changed. The log of a holder that has no lease
///   any more is ended by an entry that announces nothing, taken out of the directory, and given to
///   the next new holder. Who comes late finds that entry in his way, and then that the log is no
///   longer his: he looks for his own again.
/// - **Fencing.** A lease is written by way of its holder's log, whoever writes it. At the moment
///   in which it changes, all that the holder announced before is settled, and the next slot is
///   taken: the holder must look again, and finds its end before it may announce anything. So the
///   change of the lease itself is the fence, also if who made it dies at once. A process that was
///   stopped between announcing and doing does nothing when it goes on.
/// - **Changes.** A cursor reads the logs. What was announced is reported when its object has left
///   the announced version, at the latest when the next entry is there. More may be reported than
///   happened.
/// - **Lost answers.** What is sent again has the same condition and the same stamp: it is done
///   once. Where an outcome stays open, and others have changed the object since, it is told as
///   unknown.
/// - **Order.** Writes of one key are done in the order in which they were given. Those of
///   different keys in one batch are done at the same time: a process that dies may leave a later
///   one done and an earlier one not. This is weaker than what the other engines do.
/// - **Threads.** All that decides runs on one [org.edgeplex.state.EventLoop], without clock,
///   threads or chance of its own, so that a simulation can run it on the cluster of
///   [org.edgeplex.state.ramcloud.model].
///
/// What it costs is in `SCHEMA.md`, why it is so in `docs/decisions/0005-intents-on-ramcloud.md`.
///
/// What it is not: a scan by prefix reads the whole table; values of 1 MiB and the header are a
/// little more than the limit that RAMCloud documents (it takes 8 MB).
@NullMarked
package org.edgeplex.state.ramcloud;

import org.jspecify.annotations.NullMarked;
