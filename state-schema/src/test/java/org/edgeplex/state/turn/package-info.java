/// Tests of who reads.
@NullMarked
package org.edgeplex.state.turn;

import org.jspecify.annotations.NullMarked;
