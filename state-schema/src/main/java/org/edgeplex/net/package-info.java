/// Values of the field that every part of EdgePlex speaks: addresses, prefixes, labels, VPN names.
///
/// Immutable, valid or not constructed. A decoder that reads hostile bytes checks before it
/// constructs: an `IllegalArgumentException` from here is our bug, or a user's typing error.
///
/// - RFC 3032, section 2.1 (MPLS label)
/// - RFC 4364, sections 4.2 and 4.3.1 (route distinguisher, route target)
/// - RFC 6793 (four-octet AS numbers)
@NullMarked
package org.edgeplex.net;

import org.jspecify.annotations.NullMarked;
