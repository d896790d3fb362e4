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
/// - RFC 2991 (multipath by flow), RFC 6438 (the flow label in it)
/// - RFC 8200 (IPv6 routers), RFC 4291, RFC 4443 and RFC 8201 (ICMPv6 errors, MTU), RFC 4861,
///   sections 7.1 and 7.2 (neighbour discovery; routers' own messages are the kernel's)
/// - RFC 2697 (policing); access lists after Lakshman and Stiliadis (SIGCOMM 1998)
/// - RFC 4659 (VPNv6), RFC 4798 (6PE)
///
/// Deviations: IP options and hop-by-hop options are carried, not processed (RFC 7126 and RFC 8200,
/// section 4.3, allow it); no redirects; no record of neighbours for addresses outside the
/// connected subnet; directed broadcasts are dropped (RFC 2644); the subnet-router anycast address
/// is not ours; a link-local source beyond its link is dropped without an error. Neighbours in IPv6
/// have the states and timers of ARP: known, asked again while in use, forgotten; not those of RFC
/// 4861, section 7.3. A labelled packet that expires or is too big on its way through is dropped
/// without an ICMP error (RFC 3032, section 2.3.2 leaves that open), labels that a swap pushes on
/// top have its TTL in the pipe model too, and at the end of a pipe the label's TTL is not looked
/// at. What a rule denies is dropped without an ICMP error; policers count what is routed, not what
/// is for the kernel.
@NullMarked
package org.edgeplex.dataplane.forward;

import org.jspecify.annotations.NullMarked;
