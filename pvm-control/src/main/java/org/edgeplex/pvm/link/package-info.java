/// The access link's interface in the kernel: address, MAC, MTU and the way back to remote sites.
///
/// [LinkPlan] compares what is there with what should be and says which `ip` commands are missing;
/// [LinkKeeper] runs them, again whenever the data plane's TAP comes back.
///
/// What it is not: a forwarder. The kernel only ends the customer's TCP and ICMP.
///
/// - RFC 7600 and the special-purpose registry of RFC 6890 (192.0.0.8, the IPv4 dummy address)
@NullMarked
package org.edgeplex.pvm.link;

import org.jspecify.annotations.NullMarked;
