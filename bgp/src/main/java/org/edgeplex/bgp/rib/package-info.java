/// The decision process: which of several routes to one destination is best, and why.
///
/// A pure comparison. The routes themselves are kept by whoever uses the speaker.
///
/// - RFC 4271, section 9.1
/// - RFC 4456, section 9 (route reflection)
@NullMarked
package org.edgeplex.bgp.rib;

import org.jspecify.annotations.NullMarked;
