/// Packets in memory: buffers, vectors of them, and headers as static views.
///
/// No objects per packet: a packet is the address of its buffer (`long`), a header an address
/// within it. Nothing here checks lengths: the forwarding code does, before it reads.
///
/// - RFC 791 (IPv4), RFC 792 (ICMP), RFC 826 (ARP), RFC 1071 and RFC 1624 (checksums)
/// - RFC 8200 (IPv6), RFC 4291 (its addresses), RFC 4443 (ICMPv6), RFC 4861 (neighbour discovery)
/// - RFC 3032 (MPLS label stack), IEEE 802.1Q (VLAN tag)
@NullMarked
package org.edgeplex.dataplane.packet;

import org.jspecify.annotations.NullMarked;
