/// The control VM: the one voice of the PE towards the core.
///
/// ```
///   BgpSpeaker ---\                      /--> VpnControl ------> VpnRib (pure)
///   LdpSpeaker ----> Inbox (bounded) ---+                 \----> LabelAllocator
///   KernelWatch --/     one thread: Cvm  \--> TransportControl -> TransportLsps (pure)
///   StateFeed ----------^
/// ```
///
/// One thread owns everything and works level-triggered: events change what is known, then one pass
/// brings store and peers in line with it. **The store first, then the network**: a label is bound
/// before it is announced, a route is in `vrf_routes` before anybody hears of it.
///
/// What matters is in the store; a new life loads it and goes on. Routes and LSPs of the life
/// before stay in use as stale until the sessions are back and have said what still holds.
///
/// - RFC 4364 (BGP/MPLS IP VPNs), RFC 4724, section 4.2 (stale routes and End-of-RIB)
/// - RFC 5036 (transport labels)
///
/// Deviation: stale routes of an earlier life of ours are used whether or not the peer agreed to
/// graceful restart, for at most `CorePeers.STALE_SECONDS_MAX`.
@NullMarked
package org.edgeplex.cvm;

import org.jspecify.annotations.NullMarked;
