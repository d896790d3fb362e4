/// The simulation itself: that it holds, that it is one function of its seed, that it can fail.
@NullMarked
package org.edgeplex.lab.simulation;

import org.jspecify.annotations.NullMarked;
