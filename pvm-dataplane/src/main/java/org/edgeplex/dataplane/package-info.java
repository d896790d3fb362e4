/// The program: one process per attachment that forwards between the customer's VLAN, the MPLS core
/// and the kernel of the port VM.
///
/// Everything that it knows comes from the store, so it can be killed at any line; what only its
/// TAP holds (addresses, TCP sessions) outlives it in the kernel.
@NullMarked
package org.edgeplex.dataplane;

import org.jspecify.annotations.NullMarked;
