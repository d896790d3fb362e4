/// Reaching a networked store from a process whose own network is a customer's or the core's.
@NullMarked
package org.edgeplex.state.netns;

import org.jspecify.annotations.NullMarked;
