/// Tests of dumps.
@NullMarked
package org.edgeplex.state.dump;

import org.jspecify.annotations.NullMarked;
