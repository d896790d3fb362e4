/// What the CVM's kernel knows of the core: the IGP's routes and the MAC addresses of neighbours.
///
/// An IGP daemon beside the CVM (FRR ospfd or isisd, unmodified) installs the routes; we only read.
/// Reading is level-triggered: any notification leads to a new snapshot of both tables, so nothing
/// depends on having seen every message. The only native calls of the CVM are here.
///
/// - RFC 3549 (netlink), rtnetlink(7)
@NullMarked
package org.edgeplex.cvm.kernel;

import org.jspecify.annotations.NullMarked;
