/// Tests of the benches: their shape, not their speed.
@NullMarked
package org.edgeplex.state.bench.cli;

import org.jspecify.annotations.NullMarked;
