/// The BGP speaker: sockets, timers and threads around the pure machine.
///
/// A program makes one [BgpSpeaker], adds its peers, and is told of routes through a
/// [RouteListener] of its own; it sends routes through a [PeerSession]. What is behind the listener
/// (a store, a test) is not known here. The threads of one peer, all virtual:
///
/// ```
///             reader (one per connection)          writer (one per connection)
///   socket --> frames, decodes -- credits --+       ^ takes KEEPALIVEs first, then pending routes
///                                           v       |
///   timers, connects, the operator --> [ events ] peer's loop: Fsm.step, performs its actions
///                                           |
///                                           v
///                                     [ deliveries ] --> RouteListener (may block)
/// ```
///
/// The loop never blocks, so KEEPALIVEs leave in time whatever the listener does. A slow listener
/// uses up the reader's credits; the reader then stops reading, TCP slows the peer down, and the
/// hold timer is not held against a peer whose bytes we did not read. What is to be sent waits as
/// the latest state of each route ([PendingRoutes]), so sending never blocks and two slow speakers
/// cannot block each other.
///
/// - RFC 4271, section 8 (by [org.edgeplex.bgp.fsm]), section 6.8 (collisions)
/// - RFC 4271, section 10 (timers, jitter)
/// - RFC 9687 (send hold timer)
@NullMarked
package org.edgeplex.bgp.session;

import org.jspecify.annotations.NullMarked;
