/// The messages of the Label Distribution Protocol as bytes and as values.
///
/// Decoding answers with data: each message of a PDU is `Accepted`, `Ignored` or `Refused` with the
/// status that the standard wants sent back. No sockets, no sessions, no hidden state: what was
/// negotiated (the largest PDU) is a parameter.
///
/// - RFC 5036, section 3 (PDU, TLVs, messages, status codes)
/// - RFC 5918 (typed wildcard FEC element, its capability)
/// - RFC 6720, section 2 (GTSM flag of the Hello)
/// - Registries: <https://www.iana.org/assignments/ldp-namespaces>
///
/// Deviations: IPv4 only (RFC 7552 not supported, other families are refused with "Unsupported
/// Address Family"); labels of ATM and Frame Relay are unknown TLVs.
@NullMarked
package org.edgeplex.ldp.wire;

import org.jspecify.annotations.NullMarked;
