/// `edgeplex bench`: the benches for people and for programs.
@NullMarked
package org.edgeplex.state.bench.cli;

import org.jspecify.annotations.NullMarked;
