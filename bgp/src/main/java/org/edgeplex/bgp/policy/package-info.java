/// What changes in a route, and whether it may go, when it crosses a session.
///
/// Pure functions on path attributes: the rules of the standards, not an operator's filters.
///
/// - RFC 4271, sections 5.1 and 9.2
/// - RFC 1997 (NO_EXPORT, NO_ADVERTISE)
/// - AS override, as PEs offer it to customers with one AS at several sites (in no RFC)
/// - RFC 4456, section 8 (loops through route reflectors)
@NullMarked
package org.edgeplex.bgp.policy;

import org.jspecify.annotations.NullMarked;
