/// Orders VPNs as a customer's system would: through the REST API of each PE, and nothing else.
///
/// What it is not: it imports nothing of the controller; what the lab may know of a PE is what the
/// API says.
@NullMarked
package org.edgeplex.lab.order;

import org.jspecify.annotations.NullMarked;
