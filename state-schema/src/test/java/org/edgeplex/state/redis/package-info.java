/// Tests of the engine on Redis; those that start a server are tagged "machine".
@NullMarked
package org.edgeplex.state.redis;

import org.jspecify.annotations.NullMarked;
