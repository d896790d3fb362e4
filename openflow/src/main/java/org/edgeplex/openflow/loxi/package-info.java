/// The OpenFlow 1.4 side of the switch: one connection, flow-table read-back, atomic bundles.
///
/// The only package that sees OpenFlowJ-Loxi and Netty's buffers. 1.4 because it is the one version
/// in which both the library and Open vSwitch have standard bundles. Loxi encodes and decodes
/// single messages; framing, correlation and threads are here, so that a message or a foreign flow
/// that Loxi cannot read costs that message and not the connection.
///
/// - OpenFlow Switch Specification 1.4.0, sections 6.3 (connection), 6.8 and 7.3.9 (bundles),
///   7.3.5.2 (flow statistics)
///
/// Deviations: no auxiliary connections, no TLS, no packet-in; asynchronous messages are counted
/// and dropped.
@NullMarked
package org.edgeplex.openflow.loxi;

import org.jspecify.annotations.NullMarked;
