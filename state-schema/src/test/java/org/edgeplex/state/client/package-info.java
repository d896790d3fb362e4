/// The typed client on the store in memory.
@NullMarked
package org.edgeplex.state.client;

import org.jspecify.annotations.NullMarked;
