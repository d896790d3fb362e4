/// The forwarding decision: from a burst of packets to what goes to the wire, to the kernel, away.
///
/// Runs on one thread and is driven from outside: time, packets and updates are arguments. No
/// logging, locks or allocation here. Every packet that goes nowhere is counted under the name of
/// its reason ([Counter]); nothing that a packet holds raises an exception.
///
/// - RFC 1812 (IPv4 routers), RFC 791, RFC 792, RFC 1191 (MTU), RFC 826 (ARP), RFC 1122
/// - RFC 3031, RFC 3032, RFC 3443 (TTL: uniform model), RFC 5462 (traffic class), RFC 4364
///
/// Deviations: IP options are carried, not processed (RFC 7126 allows it); no ICMP redirects; no
/// record of ARP for addresses outside the connected subnet; directed broadcasts are dropped (RFC
/// 2644); IPv6 is not forwarded.
@NullMarked
package org.edgeplex.dataplane.forward;

import org.jspecify.annotations.NullMarked;
