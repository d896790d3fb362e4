/// The embedded engine: LMDB, one directory that all processes of a machine map into their memory.
///
/// There is no server. Readers take no lock; writers take one lock that the kernel releases when
/// its holder dies. A process that is killed at any point, even while it commits, loses nothing
/// that was acknowledged and harms no other process.
///
/// - **Layout.** Database `records`: table number (2 octets) and key -> version (8 octets) and
///   value. Database `changes`: sequence number (8 octets) -> table number and key; each write
///   appends to it in its own transaction and the oldest entries go. The version of an object is
///   the sequence number of the change that wrote it: it never comes again, also when the object is
///   removed and written anew.
/// - **Fencing.** The epoch in the writer's lease is compared inside the transaction that writes,
///   and the environment has one writer at a time: no write of a fenced incarnation can follow the
///   write that fenced it. It holds for creations as for changes.
/// - **Threads.** Reads run on the calling thread, and so does a write that finds the lock free.
///   Other writes of a process are done by one thread, many callers' in one transaction: so a
///   caller's timeout holds even while a process that was stopped (SIGSTOP) has the lock. A write
///   whose time is over before it begins is never done.
/// - **Lock.** `write.lock`, ours, before LMDB's, which nobody can try without waiting. A program
///   that writes to the directory by other means (`mdb_load`) has LMDB's alone: then a write may
///   wait for it longer than its timeout.
/// - **Durability.** `process`: what was acknowledged survives the death of every process, not that
///   of the kernel. `power`: each commit waits for the disk. It is chosen when the store is made.
/// - **Space.** The map size is an upper limit of address space; disk blocks are claimed ahead of
///   each transaction, so that a full disk is an error and not a signal.
///
/// - **Damage.** LMDB believes its file: a damaged page would end the process by a signal or by an
///   assertion, whose callback may tell of it but not prevent the abort. So who opens a store that
///   nobody else has open reads all of it that is in use, before the library maps it, and refuses
///   what does not fit together ([TreeWalk]). There are no sums in the file: octets that changed
///   inside of a key or a value stay unseen. What happens to the file while programs have it open
///   may end them.
///
/// What it is not: for network file systems, for processes of different PID namespaces (readers are
/// known by their pid), or for other machines (a guest cannot map its host's file).
@NullMarked
package org.edgeplex.state.lmdb;

import org.jspecify.annotations.NullMarked;
