/// RAMCloud's own library: what can be said without it, and with a real cluster.
@NullMarked
package org.edgeplex.state.ramcloud.capi;

import org.jspecify.annotations.NullMarked;
