/// From the store to the forwarding tables, and counters back.
///
/// [FibComposer] is a pure translation of records into updates; [Feeder] is the thread around it.
/// Nothing here runs on the packet path: the two meet in a bounded queue.
///
/// - RFC 4364, section 5: the VPN label below the label of the LSP to the other PE
@NullMarked
package org.edgeplex.dataplane.feed;

import org.jspecify.annotations.NullMarked;
