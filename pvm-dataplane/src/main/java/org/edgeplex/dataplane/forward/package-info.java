/// The forwarding decision: from a burst of packets to what goes to the wire, to the kernel, away.
///
/// Runs on one thread and is driven from outside: time, packets and updates are arguments. No
/// logging, locks or allocation here. Every packet that goes nowhere is counted under the name of
/// its reason ([Counter]); nothing that a packet holds raises an exception.
///
/// - RFC 1812 (IPv4 routers), RFC 791, RFC 792, RFC 1191 (MTU), RFC 826 (ARP), RFC 1122
/// - RFC 3031, sections 3.10 to 3.16 (pop, swap, penultimate hop popping), RFC 3032, RFC 4182
///   (explicit null), RFC 4364
/// - RFC 3443 (TTL: uniform and pipe model), RFC 5462 and RFC 3270, section 4.2 (traffic class)
/// - RFC 2991 (multipath by flow)
///
/// Deviations: IP options are carried, not processed (RFC 7126 allows it); no ICMP redirects; no
/// record of ARP for addresses outside the connected subnet; directed broadcasts are dropped (RFC
/// 2644); IPv6 is not forwarded. A labelled packet that expires or is too big on its way through is
/// dropped without an ICMP error (RFC 3032, section 2.3.2 leaves that open), labels that a swap
/// pushes on top have its TTL in the pipe model too, and at the end of a pipe the label's TTL is
/// not looked at.
@NullMarked
package org.edgeplex.dataplane.forward;

import org.jspecify.annotations.NullMarked;
