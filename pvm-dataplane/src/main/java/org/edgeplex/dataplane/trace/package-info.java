/// `edgeplex trace packet`: one packet through the stages, with each decision.
///
/// The decisions are those of [org.edgeplex.dataplane.forward.Forwarder] itself, on tables that
/// were composed from the store as a data plane does it, between ports in memory: no live process
/// is asked or touched. What only a live one knows is assumed, and said: neighbours answer, buckets
/// of policers are full.
@NullMarked
package org.edgeplex.dataplane.trace;

import org.jspecify.annotations.NullMarked;
