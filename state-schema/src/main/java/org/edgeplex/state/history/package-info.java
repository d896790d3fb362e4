/// Histories of operations on a store, and whether a store that keeps its promise could have given
/// them: is each object linearizable, and was nothing of a fenced incarnation accepted?
///
/// [org.edgeplex.state.history.RecordingStore] writes a history,
/// [org.edgeplex.state.history.Linearizability] judges it. For tests of engines and for
/// simulations; no program needs it to run.
///
/// What it is not: no check of several objects together. The store promises nothing about them but
/// the fencing, and that one is judged.
///
/// - Herlihy, Wing: Linearizability (1990)
/// - Wing, Gong: Testing and Verifying Concurrent Objects (1993)
/// - Lowe: Testing for linearizability (2017): the memory of what was tried
@NullMarked
package org.edgeplex.state.history;

import org.jspecify.annotations.NullMarked;
