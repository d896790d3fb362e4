/// A store in the memory of one process: the model that the engines are tested against, and the
/// ground of simulations. Not for running a PE: it dies with its process.
@NullMarked
package org.edgeplex.state.memory;

import org.jspecify.annotations.NullMarked;
