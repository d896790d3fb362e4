/// LDP sessions: from a neighbour that was heard to label bindings exchanged.
///
/// ```
///   LdpSpeaker (threads, sockets) --events--> LdpEngine --> PeerSession --> SessionFsm (pure)
///        ^                                      |    \---> LinkDiscovery
///        +------- Transport, Connection <-------+    \---> LabelExchange --> LabelInformationBase
///                                               +--> LdpListener (the owner)
/// ```
///
/// `LdpEngine` and below know no socket, thread or clock: one thread calls them with the time.
/// Downstream unsolicited, ordered control, liberal retention. We are an edge: labels are bound
/// only to FECs that the owner names; nothing is switched through.
///
/// - RFC 5036, sections 2.5, 2.6, 3.5.3 to 3.5.11, appendix A.1
/// - RFC 5918 (typed wildcard)
///
/// Deviations: no loop detection (hop counts and path vectors are read and ignored); a second
/// connection of a passive peer replaces the first once its Initialization is good, because a peer
/// that connects again has lost the first.
@NullMarked
package org.edgeplex.ldp.session;

import org.jspecify.annotations.NullMarked;
