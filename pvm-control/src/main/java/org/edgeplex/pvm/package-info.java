/// PVM control: the control plane of one attachment, in the PVM's network namespace.
///
/// A thin shell around [org.edgeplex.pvm.core]: it polls the state feed, speaks BGP with the CE
/// (`org.edgeplex.bgp`), keeps the TAP interface in shape ([org.edgeplex.pvm.link]) and writes the
/// store. The data plane is another process; the two meet in the store and at the interface.
///
/// What the customer announced is in the store before anything else happens with it. No TCP
/// connection survives a kill of this process yet: the CE sees the session drop, the routes stay.
///
/// - RFC 4364, section 7
@NullMarked
package org.edgeplex.pvm;

import org.jspecify.annotations.NullMarked;
