/// BGP/MPLS IP VPNs: which route of a VRF is best, which of its routes are exported.
///
/// Pure logic: records and routes in, changes of `vrf_routes` and of what is announced out. Nothing
/// here reads a store or speaks to a peer.
///
/// - RFC 4364, sections 4.2 (route distinguishers), 4.3 (route targets, export and import)
/// - RFC 4271, section 9.1 (decision process)
/// - RFC 4456, section 8 (own routes that a reflector sends back)
///
/// Deviations: the IGP cost to the next hop is not compared (the kernel's metric is not the IGP's
/// cost); the best path of a customer of ours is exported even where a remote path wins in the VRF
/// ("best external"), so that its loss at the other PE needs no message from here.
@NullMarked
package org.edgeplex.cvm.vpn;

import org.jspecify.annotations.NullMarked;
