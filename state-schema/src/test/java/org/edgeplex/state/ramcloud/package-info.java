/// What the engine on a RAMCloud cluster promises.
@NullMarked
package org.edgeplex.state.ramcloud;

import org.jspecify.annotations.NullMarked;
