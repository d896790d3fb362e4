/// The label information base: the bindings that LDP peers told us, and what follows from them.
///
/// Pure logic. Liberal label retention: every binding is kept, whether or not its peer is the next
/// hop now, so that a change of the route needs no message (RFC 5036, section 2.6.2.2). It knows no
/// session and no route: routes are asked about, not kept.
///
/// - RFC 5036, sections 2.1, 2.6, 2.7 and appendix A.1.2 to A.1.4
/// - RFC 3032, section 2.1 (which labels can be pushed)
@NullMarked
package org.edgeplex.ldp.lib;

import org.jspecify.annotations.NullMarked;
