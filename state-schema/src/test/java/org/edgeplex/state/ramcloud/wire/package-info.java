/// The wire client against the test cluster, and against a real one where there is one.
@NullMarked
package org.edgeplex.state.ramcloud.wire;

import org.jspecify.annotations.NullMarked;
