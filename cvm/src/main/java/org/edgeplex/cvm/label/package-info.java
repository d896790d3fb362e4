/// VPN labels: one per attachment, bound in the store before anybody hears of it.
///
/// - RFC 4364, section 4.3.2 (labels of VPN routes; here per attachment circuit)
@NullMarked
package org.edgeplex.cvm.label;

import org.jspecify.annotations.NullMarked;
