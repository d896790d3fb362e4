/// Entering real namespaces of the kernel.
@NullMarked
package org.edgeplex.state.netns;

import org.jspecify.annotations.NullMarked;
