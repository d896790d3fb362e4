/// Transport LSPs: how a labelled packet reaches another PE.
///
/// Pure logic over three inputs, each of which may miss: the IGP's route for exactly the FEC, the
/// binding of the next hop's LSR, the next hop's MAC address.
///
/// - RFC 5036, section 2.1 (FEC and route must match), section 2.6 (label retention)
/// - RFC 3031, section 3.10 to 3.16 (NHLFE, penultimate hop popping)
@NullMarked
package org.edgeplex.cvm.transport;

import org.jspecify.annotations.NullMarked;
