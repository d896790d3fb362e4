@NullMarked
package org.edgeplex.state.cli.program;

import org.jspecify.annotations.NullMarked;
