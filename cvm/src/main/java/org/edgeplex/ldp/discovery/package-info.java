/// Basic discovery: which LSRs are heard on a link.
///
/// `LinkDiscovery` decides and knows no socket and no clock; `HelloSocket` is the shell around UDP
/// port 646. Extended discovery (targeted hellos) is not offered and not answered.
///
/// - RFC 5036, sections 2.4.1, 2.5.5 and 3.5.2
/// - RFC 6720: we do not ask for GTSM (G flag clear), so a peer must not enforce it
@NullMarked
package org.edgeplex.ldp.discovery;

import org.jspecify.annotations.NullMarked;
