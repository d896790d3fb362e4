/// The commands of `edgeplex state`.
@NullMarked
package org.edgeplex.state.cli;

import org.jspecify.annotations.NullMarked;
