/// BGP messages as values, and their bytes.
///
/// A closed set of immutable types; `encode` and `decode` sit together; what was negotiated is a
/// parameter ([DecodeContext]), so that decoding has no hidden state. Nothing here knows a socket.
/// A peer's mistake is a [MalformedMessage], which carries the NOTIFICATION to answer with, or an
/// [AttributeError], which carries the outcome of RFC 7606.
///
/// Supported standards:
/// - RFC 4271, section 4 (messages), section 6 (errors)
/// - RFC 1997 (communities), RFC 4360 (extended communities), RFC 8092 (large communities)
/// - RFC 2918 (route refresh)
/// - RFC 4364, section 4.3 and RFC 8277, section 2 (VPN-IPv4 with a label)
/// - RFC 4456 (ORIGINATOR_ID, CLUSTER_LIST)
/// - RFC 4486 and RFC 9003 (Cease subcodes, shutdown communication)
/// - RFC 4724, section 2 (End-of-RIB), section 3 (the capability, carried but not acted upon)
/// - RFC 4760 (MP_REACH_NLRI, MP_UNREACH_NLRI)
/// - RFC 5492 (capabilities)
/// - RFC 6793 (four-octet AS numbers, AS4_PATH)
/// - RFC 7606 (error handling of UPDATE), RFC 7607 (AS 0)
///
/// Deviations:
/// - One label per NLRI: we do not offer the Multiple Labels capability, and without it RFC 8277,
///   section 2.2 has the bottom-of-stack bit ignored.
/// - AS_CONFED segments are carried, not interpreted (RFC 5065).
@NullMarked
package org.edgeplex.bgp.wire;

import org.jspecify.annotations.NullMarked;
