/// The engine on a RAMCloud cluster.
@NullMarked
package org.edgeplex.state.ramcloud;

import org.jspecify.annotations.NullMarked;
